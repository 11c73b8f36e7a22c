"""What the documentation takes from the code: whole pages, and passages inside pages written by hand."""
