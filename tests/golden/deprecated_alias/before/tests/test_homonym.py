from lib.other_homonym import SameNameCase


class TestIt(SameNameCase):
    pass
