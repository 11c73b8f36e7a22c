def later():
    from ...tests import helpers

    return helpers
