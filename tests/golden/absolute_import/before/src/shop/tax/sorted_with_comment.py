from ..prices import price
# the comment parts the block, so that nothing joins what is above
from .bands import LOW
from .bands import HIGH  # noqa: I001
from .rates import RATE
