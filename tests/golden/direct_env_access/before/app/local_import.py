"""An import inside a function stays inside it."""


def region():
    import os

    return os.environ.get("REGION", "eu")


def zone():
    from os import getenv  # lazily

    return getenv("ZONE")
