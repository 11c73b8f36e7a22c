from .values import RATE

DOUBLE = 2 * RATE
