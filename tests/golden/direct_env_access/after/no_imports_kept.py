#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Docstring."""
from shared.isolated_environment import get_env
VALUE = get_env().get("VALUE")
