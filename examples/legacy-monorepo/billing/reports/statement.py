"""Account statements. Needs Python 3.12: quotes inside f-strings."""

import os

from common.money import Money


def line(row: dict[str, str | int]) -> str:
    return f"{row["date"]}  {row["text"]:<30} {str(Money(int(row["minor"]))):>16}"


def heading(customer: str) -> str:
    return f"{os.environ.get("BILLING_COMPANY", "Harborline")}: statement for {customer}"


def statement(customer: str, rows: list[dict[str, str | int]]) -> str:
    body = [line(row) for row in rows]
    return f"{heading(customer)}\n{"\n".join(body)}\n"
