from ..zother import TWO
from .bands import LOW  # a comment that stays with its line
