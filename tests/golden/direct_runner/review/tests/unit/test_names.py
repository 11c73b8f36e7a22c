from tests import helpers


def test_answer():
    assert helpers.ANSWER == 42


if __name__ == "__main__":
    from tests.unified_test_runner import main as ssot_main
    ssot_main([__file__])
    raise SystemExit(ssot_main(["-q", __file__]))
