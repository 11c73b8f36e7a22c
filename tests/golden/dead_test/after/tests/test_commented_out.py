"""Tests in comments, with and without a mark; talk about tests and examples in strings are left alone."""

# def test_gone():
#     total = 1 + 1
#     assert total == 2


def test_there():
    # A note on how def test_there() came to be.
    # def test_unfinished(
    assert EXAMPLE


EXAMPLE = """
# def test_in_a_string():
#     assert True
"""

# REMOVED_IN_CLEANUP: @pytest.mark.slow
# REMOVED_IN_CLEANUP: def test_marked(self):
# REMOVED_IN_CLEANUP:     assert self.total == 3


class TestBasket:
    # async def test_of_a_class(self):
    #     assert await self.total() == 3

    def test_total(self):
        assert 1 + 2 == 3


# def test_shown():  # ssot: allow[dead-test] shown to newcomers
#     assert True
