"""Files for the accountants: CSV in the encoding that their software wants."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from typing import Any

from billing.invoices.lines import Invoice

COLUMNS = ("number", "date", "customer", "net", "tax", "gross")


def encoding() -> str:
    return os.environ.get("BILLING_EXPORT_ENCODING", "utf-8")


def rows(invoices: Iterable[Invoice]) -> list[dict[str, Any]]:
    return [
        {
            "number": invoice.number,
            "date": invoice.issued.isoformat(),
            "customer": invoice.customer,
            "net": invoice.net.minor,
            "tax": invoice.tax.minor,
            "gross": invoice.gross.minor,
        }
        for invoice in invoices
    ]


def to_csv(invoices: Iterable[Invoice]) -> bytes:
    """The invoices as CSV; characters that the encoding lacks become question marks."""
    text = io.StringIO(newline="")
    delimiter = os.environ.get("BILLING_EXPORT_DELIMITER", ";")
    writer = csv.DictWriter(text, COLUMNS, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows(invoices))
    return text.getvalue().encode(encoding(), errors="replace")
