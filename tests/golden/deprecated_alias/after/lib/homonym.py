"""A class of the same name elsewhere is no use of this one."""
