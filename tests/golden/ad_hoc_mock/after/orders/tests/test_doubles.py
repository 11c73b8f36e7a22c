from orders.tests.doubles import CountingMock, FakeClock, FakeUser, MockQueue, StubGateway


def test_doubles():
    assert (CountingMock(), FakeClock(), FakeUser(), MockQueue(), StubGateway())
