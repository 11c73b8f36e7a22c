import unittest


class Metrics:
    def record_metric(self, name):
        return name


class MetricTest(unittest.TestCase, Metrics):
    def test_metric(self):
        self.assertEqual("x", self.record_metric("x"))
