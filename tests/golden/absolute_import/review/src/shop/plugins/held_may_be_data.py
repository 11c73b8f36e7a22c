from shop.plugins.values import RATE

DOUBLE = 2 * RATE
