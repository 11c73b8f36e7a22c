from corp.storage.client import Blob


def test_blob():
    assert Blob()
