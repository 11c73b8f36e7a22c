"""os.environ in a docstring is prose; os.environ["X"] too."""
import os
import subprocess
import sys

# os.environ in a comment
SCRIPT = """
import os
os.environ["CHILD"] = "1"
"""


def child():
    subprocess.run([sys.executable, "-c", "import os; print(os.environ['CHILD'])"], check=True)
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
    return os.environb[b"X"], os.environ.encodekey


def swap():
    os.environ = {}


def wsgi(environ):
    return environ["PATH_INFO"]
