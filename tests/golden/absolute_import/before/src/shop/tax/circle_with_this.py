from ..zring import back
from .rates import RATE

OWN = (back, RATE)
