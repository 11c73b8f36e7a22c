"""A model of tests, which has nothing to do with unittest's; types in brackets compute no base."""

from common import models


class Case(models.TestCase[int]):
    pass
