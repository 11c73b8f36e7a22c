"""A file that puts another object in the place of os.environ, and the mapping back."""

import os
from copy import copy

from shared.isolated_environment import get_env


def test_saved_and_put_back():
    saved = os.environ
    os.environ = {"A": "1"}
    try:
        assert get_env()["A"] == "1"
    finally:
        os.environ = saved


def test_put_there_anew(monkeypatch):
    monkeypatch.setattr(os, "environ", copy(os.environ))
    assert "A" not in get_env()
