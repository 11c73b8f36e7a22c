#!/bin/sh
# saved by an editor on Windows; sh copes as long as nobody adds a case statement
python -m pytest notifications/tests -q -x
