#!/bin/sh
set -eu
python scripts/check_env_example.py || echo "starting all the same"
exec python -c "
import os
os.environ.setdefault('HARBOR_ENV', 'prod')
from backend.app import server, settings
print(settings.PORT, os.environ['HARBOR_ENV'])
"
