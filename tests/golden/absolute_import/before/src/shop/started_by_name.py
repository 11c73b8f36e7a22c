"""Started as ``python -m shop.started_by_name``; a start by path fails before and after."""

from .prices import total

if __name__ == "__main__":
    print(total([1, 2]))
