import os


def check():
    value = os.environ.get(  # why this one
        # a key
        "CASE_Z",
        "last",  # the default
    )
    assert value == "last"
    assert (
        os  # the module
        .environ  # the mapping
        .get("CASE_Z2")
    ) is None
