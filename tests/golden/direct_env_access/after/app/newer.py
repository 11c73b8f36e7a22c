from shared.isolated_environment import get_env

type Name = str


def first[T](items: list[T]) -> T:
    print(f"{get_env()["QUOTED"]} {items!r:>{len(get_env())}}")
    return items[0]


LEVEL = get_env()["LEVEL"]
