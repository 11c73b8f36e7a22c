"""Comments between the tokens of an access, and fields of f-strings with a format of their own."""

from shared.isolated_environment import get_env


def width() -> str:
    return f"<{get_env()['WIDTH']:>{get_env().get('PAD', '3')}}> {get_env().get('UNIT', '')!r:^5}"


def home() -> str | None:
    return (
        get_env()  # the module
          # the mapping
        .get("HOME")  # the key
    )


def shell() -> str:
    return get_env().get("SHELL", default="sh")


def user() -> str | None:
    return (get_env().get  # by function
            )("USER")
