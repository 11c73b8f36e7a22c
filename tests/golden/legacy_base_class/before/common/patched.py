"""Gives every test case one more assertion, whoever loads this first."""

from unittest import TestCase


def same_words(self, first, second):
    self.assertEqual(first.split(), second.split())


TestCase.assertSameWords = same_words
