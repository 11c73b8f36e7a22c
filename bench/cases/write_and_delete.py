import os
import subprocess
import sys


def check():
    os.environ["CASE_C"] = "  kept as it is "
    child = [sys.executable, "-c", "import os; print(os.environ['CASE_C'], end='|')"]
    assert subprocess.run(child, capture_output=True, text=True).stdout == "  kept as it is |"
    del os.environ["CASE_C"]
    assert os.environ.get("CASE_C") is None
