import os
from unittest.mock import patch


@patch.dict(os.environ, {"CASE_W": "decorated"})
def decorated():
    return os.environ["CASE_W"]


def check():
    assert decorated() == "decorated"
    with patch.dict(os.environ, {"CASE_W": "1"}, clear=True):
        assert dict(os.environ) == {"CASE_W": "1"}
    with patch.dict("os.environ", CASE_W="2"):
        assert os.environ["CASE_W"] == "2"
    assert "CASE_W" not in os.environ
