"""Names that may mean two things, and objects that nobody knows."""

import os
from typing import TYPE_CHECKING
from unittest.mock import Mock

if TYPE_CHECKING:
    from unittest.mock import AsyncMock

if os.name == "nt":
    Mock = dict


def test_rebound():
    assert Mock(a=1)


def test_through_a_fixture(mocker):
    assert mocker.MagicMock()


def test_only_for_types():
    return AsyncMock()


def test_never_imported():
    return MagicMock()
