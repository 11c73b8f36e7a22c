"""A module that is called as one of Python's: `import json` is Python's, in a section of its own."""

import json

from .rates import RATE

TEXT = json.dumps(RATE)
