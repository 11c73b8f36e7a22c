import unittest

from django.test import TestCase
from requests_mock import MockerMixin
from tornado.testing import AsyncHTTPTestCase


class ModelTest(TestCase):
    def test_model(self):
        pass


class PageTest(AsyncHTTPTestCase):
    def test_page(self):
        pass


class MixedTest(MockerMixin, unittest.TestCase):
    def test_mixed(self):
        pass


class Base(unittest.TestCase):
    pass


class BothTest(Base, TestCase):
    def test_both(self):
        pass
