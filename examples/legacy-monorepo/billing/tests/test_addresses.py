# -*- coding: latin-1 -*-
"""Adressen, wie sie im alten System stehen: Müller, Café, Ångström."""
import os
import unittest

from common.text import slugify

STREETS = ["Königstraße 1", "Rue de l'Évêché 7", "Plaça Major", "Åsgatan 12"]


class Adressen(unittest.TestCase):
    def setUp(self):
        os.environ["BILLING_EXPORT_ENCODING"] = "latin-1"  # für Österreich

    def tearDown(self):
        del os.environ["BILLING_EXPORT_ENCODING"]

    def test_encoding_round_trip(self):
        encoding = os.environ["BILLING_EXPORT_ENCODING"]
        for street in STREETS:
            with self.subTest(street=street):
                self.assertEqual(street.encode(encoding).decode(encoding), street)

    def test_one_byte_a_letter(self):
        self.assertEqual(len("é".encode(os.environ.get("BILLING_EXPORT_ENCODING"))), 1)

    def test_slugs(self):
        self.assertEqual([slugify(street) for street in STREETS[1:3]], ["rue-de-l-eveche-7", "placa-major"])


if __name__ == "__main__":
    unittest.main()
