"""A runner with a mind of its own: the calls in it move, the rest is a person's decision."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def fast() -> int:
    args = ["tests/unit"]
    if "--loud" in sys.argv:
        args.append("-v")
    from tests.unified_test_runner import main
    return main(["--", *args])


def full(extra: list[str]) -> int:
    command = [sys.executable, "tests/unified_test_runner.py", "--", "tests"]
    command += extra
    print("running", " ".join(command))
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(fast() if "--fast" in sys.argv else full(sys.argv[1:]))
