from unittest.mock import patch


def test_it():
    with patch("lib.in_text.PatchedCase"):
        pass
