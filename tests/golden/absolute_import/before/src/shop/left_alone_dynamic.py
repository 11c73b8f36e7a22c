import importlib
from importlib import import_module

prices = import_module(".prices", package="shop")
cart = importlib.import_module(
    '.cart',
    __name__.rpartition(".")[0],
)
absolute = import_module("shop.prices")
TEXT = "from .prices import total"
