from lib.starred import *


class TestIt(StarredCase):
    pass
