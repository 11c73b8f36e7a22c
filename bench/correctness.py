"""The same tricky cases for every tool: right, wrong, missed, or broke the file. Judged by running them.

Each case of ``bench/cases/`` is a module whose ``check()`` asserts what it does. A tool gets it alone, in a
repository that has the accessor. Afterwards the case is run, and its text is compared with what it was.
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from measure import Failed, measured
from peer import PEERS, Peer

HERE = Path(__file__).parent
CASES = HERE / "cases"
SHARED = HERE.parent / "ssot_migrate" / "runtime" / "files" / "shared"
OURS = "ssot-migrate"
_RELATED = r"environ|getenv|get_env|import|^\s*(?:#.*|\)|\(|\w+\s*(?:#.*)?)?\s*$"
_RENAMED = re.compile(r"\bas (\w+)")


class Judged(NamedTuple):
    """One tool's result on one case: ``right``, ``wrong``, ``missed`` or ``broke``, and what was seen."""

    verdict: str
    why: str


def names() -> list[str]:
    """The cases."""
    return sorted(path.stem for path in CASES.glob("*.py"))


def judge_all() -> dict[str, dict[str, Judged]]:
    """By tool and case; peers whose rule adds no import are judged with ``get_env`` supplied."""
    tools: dict[str, tuple[Callable[[Path, str], None], bool]] = {OURS: (ours, False)}
    for peer in PEERS:
        tools[peer.name] = (_runner(peer), not peer.imports)
    return {
        tool: {name: judge(name, rewrite, supply) for name in names()}
        for tool, (rewrite, supply) in tools.items()
    }


def judge(name: str, rewrite: Callable[[Path, str], None], supply: bool = False) -> Judged:
    """Let ``rewrite`` do one case and look at what became of it."""
    with tempfile.TemporaryDirectory(prefix="ssot-case-") as where:
        folder = Path(where)
        shutil.copytree(SHARED, folder / "shared", ignore=shutil.ignore_patterns("__pycache__"))
        case = folder / f"{name}.py"
        shutil.copy2(CASES / case.name, case)
        before = case.read_bytes()
        try:
            rewrite(folder, case.name)
        except Failed as error:
            if case.read_bytes() == before:
                return Judged("missed", str(error))
        return _verdict(folder, name, before, case.read_bytes(), supply)


def _verdict(folder: Path, name: str, before: bytes, after: bytes, supply: bool) -> Judged:
    try:
        ast.parse(after)
    except (SyntaxError, ValueError) as error:
        return Judged("broke", f"does not parse: {error}")
    seen = run(folder, name, supply)
    if seen["stage"] == "import":
        return Judged("broke", str(seen["error"]))
    if seen["error"]:
        return Judged("wrong", str(seen["error"]))
    if fault := text_fault(before, after):
        return Judged("wrong", fault)
    if seen["legacy"]:
        return Judged("missed", f"lines {seen['legacy']} still go to os.environ")
    return Judged("wrong", "an unused import is left") if seen["stage"] else Judged("right", "")


def run(folder: Path, name: str, supply: bool = False) -> dict[str, object]:
    """What ``run_case.py`` says of a case; a process that dies is an error of its import."""
    command = [
        sys.executable,
        str(HERE / "run_case.py"),
        str(folder),
        name,
        *(["--supply"] if supply else []),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode:
        return {"stage": "import", "error": done.stderr.strip()[-200:], "legacy": []}
    result: dict[str, object] = json.loads(done.stdout)
    return result


def text_fault(before: bytes, after: bytes) -> str:
    """What a reviewer would hold against the text of an edit, or nothing."""
    if before.startswith(b"\xef\xbb\xbf") != after.startswith(b"\xef\xbb\xbf"):
        return "byte order mark lost"
    if before.endswith(b"\n") != after.endswith(b"\n"):
        return "the end of the file changed"
    if before.count(b"\r\n") and after.count(b"\r\n") != after.count(b"\n"):
        return "mixed line ends"
    if lost := set(_comments(before)) - set(_comments(after)):
        return f"comment lost: {sorted(lost)[0]}"
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    renamed = _RENAMED.findall(_text(before))
    related = re.compile("|".join([_RELATED, *(rf"\b{name}\b" for name in renamed)]))
    compared = difflib.ndiff([_text(line) for line in old], [_text(line) for line in new])
    changed = [line[2:].rstrip("\r\n") for line in compared if line[:1] in "+-"]
    unrelated = [line for line in changed if not related.search(line)]
    return f"changed a line that is not concerned: {unrelated[0]!r}" if unrelated else ""


def _text(line: bytes) -> str:
    return line.decode("latin-1")


def _comments(text: bytes) -> list[str]:
    tokens = tokenize.tokenize(io.BytesIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def _runner(peer: Peer) -> Callable[[Path, str], None]:
    def rewrite(folder: Path, name: str) -> None:
        peer.place(folder)
        measured(peer.command([name]), folder, peer.environment, peer.good)

    return rewrite


def ours(folder: Path, name: str) -> None:
    """``plan`` and ``apply --in-place`` with the environment rule; also what the plan holds for review."""
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.invalid"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)
    command = [sys.executable, "-m", "ssot_migrate", "apply", "--in-place", "--rule", "direct-env-access"]
    measured(command, folder, {"SSOT_MIGRATE_CACHE": str(folder / ".git" / "cache")})
