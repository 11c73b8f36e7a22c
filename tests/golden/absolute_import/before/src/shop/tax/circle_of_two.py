from ..zother import TWO
from .circle_one import ONE
