"""The other of the two."""


def named(prices):
    return [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]


def priced(names):
    return [{"name": name, "price": len(name), "known": True} for name in sorted(names)]
