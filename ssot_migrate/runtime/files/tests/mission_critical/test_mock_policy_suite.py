"""Mission critical: tests of the layers that need real services have no mocks."""

from __future__ import annotations

import pytest

from test_framework.ssot.compliance import check_repository, over_baseline, read_baseline
from test_framework.ssot.layers import REAL_LAYERS, running
from test_framework.ssot.mock_factory import MockPolicyError, get_mock_factory
from test_framework.ssot.validation import BASELINE, ROOT


def test_no_mock_in_tests_on_real_services() -> None:
    """Integration and e2e tests neither make mocks by hand nor patch."""
    violations = [each for each in check_repository(ROOT) if each.rule == "mock-in-real-layer"]
    grown = over_baseline(violations, read_baseline(BASELINE))
    assert not grown, "\n".join(str(violation) for violation in grown)


@pytest.mark.parametrize("layer", sorted(REAL_LAYERS))
def test_the_factory_refuses_there(layer: str) -> None:
    """The factory makes no mock inside a test of such a layer, and says why."""
    with running({layer}), pytest.raises(MockPolicyError, match=layer):
        get_mock_factory().create_mock()
