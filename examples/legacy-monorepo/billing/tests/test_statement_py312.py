"""Statements: needs Python 3.12, see the conftest at the top."""

import os
from unittest.mock import patch

import pytest

from billing.reports import statement

ROWS = [{"date": "2023-03-01", "text": "Plan team", "minor": 4900}, {"date": "2023-03-09", "text": "Paid", "minor": -4900}]


def test_lines_have_one_width():
    assert len({len(statement.line(row)) for row in ROWS}) == 1


@pytest.mark.parametrize("company", ["Harborline", "Acme & Sons"])
def test_heading(company):
    with patch.dict(os.environ, {"BILLING_COMPANY": company}):
        assert statement.heading("cus_1") == f"{os.environ["BILLING_COMPANY"]}: statement for cus_1"


def test_default_heading(monkeypatch):
    monkeypatch.delenv("BILLING_COMPANY", raising=False)
    assert statement.statement("cus_1", ROWS).splitlines()[0] == f"{"Harborline"}: statement for cus_1"
