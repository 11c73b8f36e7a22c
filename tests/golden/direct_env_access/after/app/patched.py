import os


def read():
    return os.getenv("REAL"), os.environ.get("OTHER")
