"""Plans, usage, invoices and getting paid."""
