import os


def export(name, value):
    os.putenv(name, value)
    os.unsetenv("OTHER")
