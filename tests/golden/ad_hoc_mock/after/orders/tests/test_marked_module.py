from unittest.mock import Mock

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.e2e]


def test_marked_by_its_module():
    assert Mock()
