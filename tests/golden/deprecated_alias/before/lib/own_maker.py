"""Not the tool's own alias: another function of that name."""


def deprecated_alias(name, target, **term):
    return target


StrangeCase = deprecated_alias("StrangeCase", object, owner="x", since="2025-01-01", until="2025-02-01")
