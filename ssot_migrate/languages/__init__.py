"""Reading files: what stands where, in Python and in the files that carry shell commands."""
