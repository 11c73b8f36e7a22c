"""What else stands here stays, with the imports that it needs."""
from test_framework.ssot.base_test_case import SSotBaseTestCase


class Kept(SSotBaseTestCase):
    pass
