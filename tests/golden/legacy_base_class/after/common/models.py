from typing import Generic, TypeVar

Body = TypeVar("Body")


class TestCase(Generic[Body]):
    body: Body
