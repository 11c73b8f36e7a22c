"""Two shared modules with two copies each: the imports all point one way."""


def named(prices):
    return [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]


def priced(names):
    return [{"name": name, "price": len(name), "known": True} for name in sorted(names)]
