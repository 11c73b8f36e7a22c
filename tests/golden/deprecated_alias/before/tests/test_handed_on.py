from lib.handed import OtherCase


class TestIt(OtherCase):
    pass
