import os

type Name = str


def first[T](items: list[T]) -> T:
    print(f"{os.environ["QUOTED"]} {items!r:>{len(os.environ)}}")
    return items[0]


LEVEL = os.environ["LEVEL"]
