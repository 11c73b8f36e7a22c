"""Comments between the tokens of an access, and fields of f-strings with a format of their own."""

import os


def width() -> str:
    return f"<{os.environ['WIDTH']:>{os.getenv('PAD', '3')}}> {os.environ.get('UNIT', '')!r:^5}"


def home() -> str | None:
    return (
        os  # the module
        .environ  # the mapping
        .get("HOME")  # the key
    )


def shell() -> str:
    return os.  \
        getenv("SHELL", default="sh")


def user() -> str | None:
    return (os  # by function
            .getenv)("USER")
