"""CRLF stays CRLF."""

VALUE = 1
