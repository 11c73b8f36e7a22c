"""Name and colours on invoices. Read once, at import: the PDF renderer wants constants."""
import os

BRAND = os.environ.get("BILLING_BRAND", "Harborline")
COLOUR = os.environ["BILLING_COLOUR"]
LOGO_WIDTH = int(os.environ.get("BILLING_LOGO_WIDTH"))  # type: ignore[arg-type]


def heading():
    return "%s <%s>" % (BRAND, COLOUR)
