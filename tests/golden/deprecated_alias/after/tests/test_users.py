from lib.overdue import OverdueCase
from lib.used_young import CurrentCase


class TestOld(OverdueCase):
    pass


class TestCurrent(CurrentCase):
    pass
