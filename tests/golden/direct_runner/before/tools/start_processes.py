import asyncio
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def right_folder():
    subprocess.check_call([sys.executable, "-m", "pytest", "tests", "-q"], cwd=ROOT)
    subprocess.run(['python3', '-u', '-m', 'pytest', 'tests/unit', '--tb=line'], cwd=str(ROOT), check=True)
    return subprocess.call(["pytest", "tests/unit"], cwd=ROOT)


def folder_told_by_a_path(path):
    subprocess.run([sys.executable, "-m", "pytest", "tests/unit/test_small.py", *path])
    os.system("python -m pytest tests/unit -x")
    subprocess.run(f"python3 -m pytest tests/unit -k {path}", shell=True)
    subprocess.run(f"pytest tests/unit -k {path}", shell=True)


def folder_not_known(path, folder):
    subprocess.run([sys.executable, "-m", "pytest", path])
    subprocess.run([sys.executable, "-m", "pytest", "tests/unit"], cwd=folder)
    os.system("cd build && python -m pytest tests/unit")


def output_is_read():
    run = subprocess.run([sys.executable, "-m", "pytest", "tests"], cwd=ROOT, capture_output=True)
    return run.stdout


def kept_as_data():
    return {"unit": [sys.executable, "-m", "pytest", "tests/unit"]}


def packages_to_install(project):
    install(project, extras={"test": ["pytest"], "all": ["pytest", "sphinx"]})
    return {"command": ["pytest", "tests/unit"]}


def only_spoken_of():
    print("use python -m pytest tests")
    return "pytest tests"


async def nobody_asks_how_it_ended():
    subprocess.run([sys.executable, "-m", "pytest", "tests/unit"], cwd=ROOT)
    await asyncio.create_subprocess_exec(sys.executable, "-m", "pytest", "tests/unit", cwd=ROOT)
    os.system("python -m pytest tests/unit -x || true")
