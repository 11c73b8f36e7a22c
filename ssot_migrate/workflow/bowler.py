"""``bowler``: a team's existing query as a plan: run apart, over copies, its result taken as edits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

import msgspec

import ssot_migrate.custom
from ssot_migrate.custom.captured import Captured, edits_between
from ssot_migrate.custom.team import Team
from ssot_migrate.engine.inventory import Item
from ssot_migrate.engine.progress import Progress
from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.findings import Problem
from ssot_migrate.git.repository import Repository
from ssot_migrate.languages.decoding import encoding_of, to_utf8
from ssot_migrate.model import FileKind
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.store import seal
from ssot_migrate.workflow import recall
from ssot_migrate.workflow.analysis import plan_anew
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.gather import with_blobs
from ssot_migrate.workflow.requests import Request

RULE = "bowler-query"
_BOM = "\ufeff"
_RUNNER = Path(ssot_migrate.custom.__file__ or "").with_name("bowler_runner.py")
# All that the process sees of this one's environment.
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


class _Result(msgspec.Struct, frozen=True):
    unread: dict[str, str]
    queries: int
    failed: list[str]


def bowler_plan(query: Path, request: Request, seconds: int, progress: Progress) -> Plan:
    """The plan of what ``query`` does to the Python files of HEAD's commit (of the request's services).

    Raises:
        UsageError: Bowler is not installed, or the query failed or took more than ``seconds``.
        Refused: the query stands in the repository, whose code never runs here.
    """
    if find_spec("bowler") is None:
        raise UsageError("Bowler is not installed", hint="pip install 'ssot-migrate[bowler]'")
    repo = Repository.open(Path(request.path))
    top = Path(repo.work_tree or repo.git_dir).resolve()
    if top in query.resolve().parents:
        hint = "read it, then run a copy from elsewhere"
        raise Refused(f"{query} stands in the repository, whose code is never run here", hint=hint)
    settings = read_settings(repo, request.profile)
    own = msgspec.structs.replace(request, rules=(RULE,), use_cache=False)
    memory = recall(repo, own, settings)
    python = [item for item in memory.inventory.items if item.kind is FileKind.PYTHON]
    services = memory.inventory.services
    chosen = [i for i in python if not request.services or services[i.path] in request.services]
    texts, problems = _texts(with_blobs(repo, chosen))
    result, after = _run(query.resolve(), texts, seconds)
    problems += [Problem(path, "bowler", reason) for path, reason in sorted(result.unread.items())]
    problems += [Problem("", "bowler", reason) for reason in result.failed]
    changed = {path: edits_between(texts[path], text) for path, text in after.items()}
    captured = Captured("SSOT999", RULE, f"the Bowler query {query.name}", changed)
    plan = plan_anew(repo, progress, memory, Team(captured=(captured,)))
    problems = [*plan.problems, *memory.inventory.owned(problems)]
    return seal(msgspec.structs.replace(plan, problems=tuple(problems), digest=""))


def _texts(items: Iterable[Item]) -> tuple[dict[str, str], list[Problem]]:
    """The text of each file that can be decoded."""
    texts: dict[str, str] = {}
    problems = []
    for item in items:
        data = item.data or b""
        try:
            texts[item.path] = to_utf8(data, encoding_of(data)).decode("utf-8")
        except (SyntaxError, UnicodeDecodeError, LookupError) as error:
            problems.append(Problem(item.path, "bowler", f"cannot be decoded: {error}"))
    return texts, problems


def _run(query: Path, texts: Mapping[str, str], seconds: int) -> tuple[_Result, dict[str, str]]:
    """What the query says, and the new texts of files that it changed.

    It sees them with LF and without a byte order mark, with either of which Bowler loses edits or line ends.
    """
    with tempfile.TemporaryDirectory(prefix="ssot-bowler-") as temporary:
        tree, result, script = Path(temporary, "tree"), Path(temporary, "result"), Path(temporary, "query.py")
        shutil.copyfile(query, script)
        tree.mkdir()
        plain = {path: text.removeprefix(_BOM).replace("\r\n", "\n") for path, text in texts.items()}
        for path, text in plain.items():
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (tree / path).write_bytes(text.encode())
        _process([str(script), str(result)], tree, seconds)
        said = msgspec.json.decode(result.read_bytes(), type=_Result)
        if not said.queries:
            raise UsageError(
                f"{query.name} executed no query", hint="as for `bowler run`: at its end, or in main()"
            )
        now = {path: (tree / path).read_bytes().decode() for path in plain if path not in said.unread}
        changed = {path: text for path, text in now.items() if text != plain[path]}
        return said, {p: _BOM * texts[p].startswith(_BOM) + text for p, text in changed.items()}


def _process(arguments: list[str], tree: Path, seconds: int) -> None:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {
        "HOME": str(tree.parent)
    }
    command = [sys.executable, "-I", "-B", str(_RUNNER), *arguments]
    try:
        done = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError(
            f"the query took more than {seconds} s", hint="give it more with --seconds"
        ) from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise UsageError(f"the query failed: {last[:300]}", hint="try it with `bowler run` on a copy")
