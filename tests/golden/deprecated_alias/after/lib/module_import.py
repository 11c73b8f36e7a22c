"""The maker through its module."""
