#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Docstring."""
import os
VALUE = os.getenv("VALUE")
