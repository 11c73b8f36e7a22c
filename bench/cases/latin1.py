# -*- coding: latin-1 -*-
import os


def check():
    name = "été"; assert os.environ.get("CASE_V", name) == "\u00e9t\u00e9"
