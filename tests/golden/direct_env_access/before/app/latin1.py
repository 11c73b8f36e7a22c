# -*- coding: latin-1 -*-
import os

A = "café", os.environ["A"], "ü", os.getenv("B")
