"""A library of fakes that is developed in this repository."""


def mock_aws():
    return "the region of tests"


def has_region():
    return True
