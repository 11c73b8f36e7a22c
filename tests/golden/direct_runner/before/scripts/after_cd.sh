#!/bin/sh
cd "$CHECKOUT"
python3 -m pytest tests/unit
