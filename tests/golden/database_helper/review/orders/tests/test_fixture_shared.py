"""A fixture of a larger scope would be shared by more tests: for review."""



def test_shared(shared_db_session):
    assert shared_db_session.is_active
