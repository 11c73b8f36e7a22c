# -*- coding: latin-1 -*-
from shared.isolated_environment import get_env

A = "café", get_env()["A"], "ü", get_env().get("B")
