#!/bin/sh
python3 -m pytest -q
python3 -m pytest tests/unit  # names a place: only the root has it
