import os
import subprocess
import sys

SCRIPT = "import os; print(os.environ.get('CASE_Y', 'none'))"


def check():
    """Runs os.environ code of a string."""
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=os.environ, capture_output=True, text=True)
    assert done.stdout.strip() == "none"
