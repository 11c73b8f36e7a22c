def test_crlf():
    """Line ends of Windows."""
    pass
