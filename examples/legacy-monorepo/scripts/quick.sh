#!/bin/sh
# saved by an editor on Windows; works in Git Bash, nobody else has tried
python -m pytest notifications/tests -q -x
