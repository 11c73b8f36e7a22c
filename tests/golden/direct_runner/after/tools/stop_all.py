"""Looks for processes by the words that start them."""
LOOKED_FOR = [["pytest"], ["python", "-m", "pytest"]]


def named(words):
    return [each for each in LOOKED_FOR if each == words]
