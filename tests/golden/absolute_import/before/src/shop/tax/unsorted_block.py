from .rates import RATE
from .bands import LOW
from ..prices import price
