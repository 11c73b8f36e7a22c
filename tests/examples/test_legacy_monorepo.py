"""The shipped legacy monorepo: its suite is green, and every pattern that it is there for is in it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from example import SOURCE, Case, cases, environment, suite

SERVICES = ("backend", "auth_service", "billing", "notifications")
FOREIGN = {"nox", "django", "tornado", "MySQLdb", "setuptools", "shared"}
SERVICES_ONLY = {"psycopg", "redis", "websockets"}  # what a dozen integration tests are skipped without
README = (SOURCE / "README.md").read_text("utf-8")
Found = tuple[str, str]  # a file and a text in it

# What is looked for: pattern, kind of node, expression on its text, least files and least services it is in.
PATTERNS: list[tuple[str, type[ast.AST], str, int, int]] = [
    ("read", ast.Subscript, r"^os\.environ\[", 20, 4),
    ("write", ast.Assign, r"^os\.environ\[.+\] = ", 20, 4),
    ("delete", ast.Delete, r"^del os\.environ\[", 10, 4),
    ("get", ast.Call, r"^os\.environ\.get\(", 30, 4),
    ("dynamic key", ast.Call, r"^os\.environ\.get\((name|key|f'|'.*(%|\+))", 6, 3),
    ("setdefault", ast.Call, r"^os\.environ\.setdefault\(", 3, 1),
    ("pop", ast.Call, r"^os\.environ\.pop\(", 10, 4),
    ("update", ast.Call, r"^os\.environ\.update\(", 8, 4),
    ("clear", ast.Call, r"^os\.environ\.clear\(", 5, 3),
    ("in", ast.Compare, r"^.+ (not )?in os\.environ$", 10, 4),
    ("loop", ast.For, r"^for \w+ in os\.environ", 1, 0),
    ("loop over items", ast.comprehension, r"os\.environ\.(items|keys)\(", 4, 1),
    ("copy", ast.Call, r"^(os\.environ\.copy\(|dict\(os\.environ)", 10, 3),
    ("unpacked", ast.Dict, r"\*\*os\.environ", 2, 0),
    ("augmented", ast.AugAssign, r"^os\.environ(\[| \|=)", 1, 0),
    ("getenv", ast.Call, r"^(\w+\.)?getenv\(", 10, 4),
    ("putenv", ast.Call, r"^os\.putenv\(", 1, 1),
    ("from os import", ast.ImportFrom, r"^from os import .*(environ|getenv)", 4, 1),
    ("getenv under another name", ast.ImportFrom, r"getenv as \w+", 1, 0),
    ("os under another name", ast.Import, r"^import os as \w+", 3, 2),
    ("alias", ast.Assign, r"^\w+ = os\.environ$", 3, 1),
    ("default argument", ast.FunctionDef, r"= ?os\.environ", 2, 1),
    ("passed on", ast.Call, r"env=os\.environ\b", 3, 1),
    ("os as a parameter", ast.FunctionDef, r"\(os,", 1, 1),
    ("environ as a parameter", ast.FunctionDef, r"\(environ\b", 2, 1),
    ("rebound", ast.Global, r"^global environ$", 1, 1),
    ("star import", ast.ImportFrom, r"^from common\.\w+ import \*$", 1, 0),
    ("fallback", ast.FunctionDef, r"^def get_env\(\)", 1, 0),
    ("patch.dict on a function", ast.FunctionDef, r"@(mock\.)?patch\.dict\(os\.environ", 8, 3),
    ("patch.dict on a class", ast.ClassDef, r"@mock\.patch\.dict\(os\.environ", 2, 2),
    ("patch.dict on an async test", ast.AsyncFunctionDef, r"@patch\.dict", 1, 1),
    ("patch.dict in with", ast.withitem, r"patch\.dict\(os\.environ", 12, 4),
    ("patch.dict by name", ast.Call, r"patch\.dict\('(\w+\.)*os\.environ'", 6, 4),
    ("patch.dict with clear", ast.Call, r"patch\.dict\(.*clear=True\)$", 4, 2),
    ("patch.dict started", ast.Assign, r" = (mock\.)?patch\.dict\(os\.environ", 3, 1),
    ("mapping swapped", ast.FunctionDef, r"@patch\('os\.environ', \{", 1, 1),
    ("mapping swapped by patch.object", ast.withitem, r"patch\.object\(os, 'environ'", 1, 1),
    ("setenv", ast.Call, r"^monkeypatch\.setenv\(", 12, 4),
    ("delenv", ast.Call, r"^monkeypatch\.delenv\(", 8, 3),
    ("setitem", ast.Call, r"^monkeypatch\.setitem\(os\.environ", 1, 0),
    ("saved in a method", ast.Assign, r"^self\.\w+ = (dict\(os\.environ\)|os\.environ\.copy)", 4, 3),
    ("code in a string", ast.Constant, r"os\.environ(\[|\.setdefault|\.get)", 5, 2),
    ("code in an f-string", ast.JoinedStr, r"os\.environ", 2, 1),
    ("TestCase", ast.ClassDef, r"\((unittest|ut)\.TestCase\)|\((TestCase|Case)[,)]", 15, 4),
    ("IsolatedAsyncioTestCase", ast.ClassDef, r"\((unittest\.)?IsolatedAsyncioTestCase\)", 6, 3),
    ("mixin before", ast.ClassDef, r"\(\w+Mixin, ", 4, 1),
    ("mixin after", ast.ClassDef, r", \w+Mixin\)", 2, 1),
    ("metaclass", ast.ClassDef, r"metaclass=", 1, 1),
    ("super().setUp()", ast.Call, r"^super\(\)\.setUp\(\)$", 15, 4),
    ("setUpClass", ast.FunctionDef, r"^@classmethod def setUpClass", 3, 2),
    ("setUpModule", ast.FunctionDef, r"^def setUpModule", 1, 1),
    ("addCleanup", ast.Call, r"^self\.addCleanup\(", 8, 3),
    ("addClassCleanup", ast.Call, r"^cls\.addClassCleanup\(", 1, 1),
    ("subTest", ast.Call, r"^self\.subTest\(", 8, 4),
    ("assertLogs", ast.Call, r"^self\.assertLogs\(", 1, 1),
    ("skipTest", ast.Call, r"^self\.skipTest\(", 1, 1),
    ("skip", ast.FunctionDef, r"@(unittest|ut)\.(skip|expectedFailure)", 4, 3),
    ("runTest", ast.FunctionDef, r"^def runTest", 1, 1),
    ("load_tests", ast.FunctionDef, r"^def load_tests", 1, 1),
    ("fixture", ast.FunctionDef, r"@pytest\.fixture", 10, 4),
    ("parametrize", ast.FunctionDef, r"@pytest\.mark\.parametrize", 12, 4),
    ("spec", ast.Call, r"Mock\(.*\bspec(_set)?=", 3, 2),
    ("side_effect", ast.Call, r"Mock\(.*side_effect=", 3, 2),
    ("AsyncMock", ast.Call, r"^AsyncMock\(", 5, 2),
    ("mock as an attribute", ast.Assign, r"^(self|\w+)\.\w+ = (Magic|Async)?Mock\(", 8, 3),
    ("wraps and seal", ast.Call, r"Mock\(wraps=|^mock\.seal\(", 1, 1),
    ("autospec", ast.Call, r"autospec(=True|\()", 4, 2),
    ("a mock class as the target", ast.Call, r"^patch\('backend\.tests\.[\w.]*(Mock|Fake)", 2, 1),
    ("pytest.main", ast.Call, r"^pytest\.main\(", 12, 4),
    ("pytest.main with its status", ast.Call, r"^(sys\.exit|exit|SystemExit)\(pytest\.main\(", 5, 4),
    ("unittest.main", ast.Call, r"^((unittest|ut)\.)?main\(", 10, 4),
    ("pytest by subprocess", ast.Call, r"^subprocess\.\w+\(.*(pytest|command)", 4, 2),
    ("tests by os.system", ast.Call, r"^os\.system\('python ", 3, 1),
    ("integration", ast.Attribute, r"^pytest\.mark\.integration$", 8, 4),
]

# Files that are not Python, and what in them starts tests.
CARRIERS = [
    ("Makefile", r"^\t-?@?.*(pytest|run_tests\.py|\$\(PYTEST\))"),
    ("tox.ini", r"^    .*(pytest|run_tests\.py|run_all_tests\.py)"),
    ("package.json", r'": ".*(pytest|run_tests\.py|run_all_tests\.py)'),
    ("scripts/ci_test.sh", r"^.*python3? .*(pytest|run_tests\.py|run_all_tests\.py)"),
    ("scripts/run_integration.sh", r"pytest -m integration \\$"),
    ("scripts/pre_push.sh", r'python "\$service/run_tests\.py"'),
    ("scripts/quick.sh", r"^python -m pytest .*\r$"),
    ("scripts/run_tests.bat", r"run_all_tests\.py"),
    ("backend/Dockerfile", r"^(RUN|CMD) .*(pytest|run_tests\.py)"),
    ("billing/Dockerfile.test", r'^ENTRYPOINT \["pytest"'),
    ("docker-compose.yml", r"command: .*(pytest|run_all_tests\.py)"),
    (".github/workflows/ci.yml", r"run: .*pytest|^ +python .*run_tests\.py"),
    (".github/workflows/nightly.yml", r"run: python scripts/nightly\.py"),
    (".gitlab-ci.yml", r"^ +- python .*(pytest|run_tests\.py)"),
    ("README.md", r"^(python -m )?pytest|^python .*run_(all_)?tests\.py"),
    ("docs/testing.md", r"^( +)?(python -m )?pytest|^\$ python .*run_all_tests\.py"),
]

BYTES = [
    ("notifications/preferences.py", rb"\A([^\r\n]*\r\n)+\Z"),
    ("notifications/tests/test_preferences.py", rb"\A([^\r\n]*\r\n)+\Z"),
    ("notifications/push.py", rb"[^\r]\n(?s:.*)\r\n(?s:.*)[^\r]\n"),
    ("notifications/templates.py", rb"\A\xef\xbb\xbf"),
    ("notifications/tests/test_templates.py", rb"\A\xef\xbb\xbf[^\r\n]*\r\n"),
    ("billing/ledger.py", rb"\n\t\t+\S.*\n"),
    ("billing/tests/test_ledger.py", rb"\n\t\tos\.environ\["),
    ("billing/tests/test_addresses.py", rb"\A# -\*- coding: latin-1 -\*-\n(?s:.*)\xe9"),
    ("common/text.py", rb"\n\x0c\n"),
    ("notifications/digest.py", rb"\S\Z"),
    ("auth_service/tests/test_permissions.py", rb"\S\Z"),
    ("billing/reports/statement.py", rb'\{os\.environ\.get\("'),
    ("notifications/batching.py", rb"\ntype \w+\[T\] = "),
    ("scripts/legacy/export_tickets.py", rb'\n    print "'),
    ("billing/generated/tax_table.py", rb"GENERATED(.*\n){2000,}"),
    ("backend/tests/test_env_scripts.py", rb"os\.environ\[.*# type: ignore"),
    ("common/paging.py", rb"environ\.get\(.*# noqa"),
    ("billing/tax.py", rb"os\.getenv\(.*# ssot: allow\[direct-env-access\] \w+"),
    ("notifications/channels/webhook.py", rb"# @justified: .*\n.*os\.environ\["),
    (".gitattributes", rb"(?m)^\* -text$"),
]


def _python() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        try:
            tree = ast.parse(path.read_bytes())
        except SyntaxError:
            assert re.search("py312|statement|batching|legacy/", name), f"{name} does not parse"
            continue
        if not name.startswith("archive/"):
            yield name, tree


def _text(node: ast.AST) -> str:
    """The source of a node on one line; of a definition its decorators and header only."""
    if isinstance(node, (ast.For, ast.With)):
        node = type(node)(**{**dict(ast.iter_fields(node)), "body": [ast.Pass()], "orelse": []})
    if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        return ast.unparse(ast.fix_missing_locations(node)).strip()
    header = type(node)(**{**dict(ast.iter_fields(node)), "body": [ast.Pass()]})
    return " ".join(ast.unparse(ast.fix_missing_locations(header)).split())


@pytest.fixture(scope="module")
def sites() -> dict[type[ast.AST], list[Found]]:
    """Every node of the kinds looked for, as file and text."""
    wanted = {kind for _, kind, *_ in PATTERNS}
    found: dict[type[ast.AST], list[Found]] = defaultdict(list)
    for name, tree in _python():
        for node in ast.walk(tree):
            if type(node) in wanted:
                found[type(node)].append((name, _text(node)))
    return found


@pytest.fixture(scope="module")
def classes() -> dict[str, list[Found]]:
    """By class name: its files, each with what the class is but for its docstring."""
    found: dict[str, list[Found]] = defaultdict(list)
    for name, tree in _python():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                shape = "\n".join(ast.dump(part) for part in [*node.bases, *body])
                found[node.name].append((name, shape))
    return found


@pytest.mark.parametrize(
    ("kind", "expression", "files", "services"),
    [row[1:] for row in PATTERNS],
    ids=[row[0] for row in PATTERNS],
)
def test_pattern_is_there(
    sites: dict[type[ast.AST], list[Found]],
    kind: type[ast.AST],
    expression: str,
    files: int,
    services: int,
) -> None:
    """Each pattern is in as many files, and in as many services, as it takes to be realistic."""
    found = {name for name, text in sites[kind] if re.search(expression, text, re.DOTALL)}
    assert len(found) >= files, sorted(found)
    assert len({name.split("/")[0] for name in found} & set(SERVICES)) >= services, sorted(found)


@pytest.mark.parametrize(("name", "expression"), CARRIERS, ids=[name for name, _ in CARRIERS])
def test_tests_are_started_from_everywhere(name: str, expression: str) -> None:
    """Shell, Make, Docker, CI and Markdown files start tests the old way."""
    text = (SOURCE / name).read_bytes().decode()
    assert re.search(expression, text, re.MULTILINE)


@pytest.mark.parametrize(("name", "expression"), BYTES, ids=[name for name, _ in BYTES])
def test_bytes_are_as_they_were_written(name: str, expression: bytes) -> None:
    """No editor, and no checkout, has evened out what is odd about a file."""
    assert re.search(expression, (SOURCE / name).read_bytes())


def test_base_classes_are_copies(classes: dict[str, list[Found]]) -> None:
    """Two bases have an identical copy, one a copy that drifted, and one a copy under another name."""
    shapes = {name: [shape for _, shape in found] for name, found in classes.items()}
    for name, different in [("HarborTestCase", 1), ("BaseTestCase", 1), ("AsyncServiceTestCase", 2)]:
        assert (len(shapes[name]), len(set(shapes[name]))) == (2, different), name
    original, renamed = (set(shapes[name][0].split("\n")) for name in ("HarborTestCase", "BillingTestCase"))
    assert len(original & renamed) >= 6
    assert original - renamed


def test_mocks_are_copies_namesakes_and_neighbours(classes: dict[str, list[Found]]) -> None:
    """There are twenty kinds of mock classes and more; some are copies, some share no more than a name."""
    mocks = {name: found for name, found in classes.items() if re.match("(Mock|Fake|Stub|Dummy)[A-Z]", name)}
    distinct = {name: {shape for _, shape in found} for name, found in mocks.items()}
    copied = {name for name in mocks if len(mocks[name]) > len(distinct[name])}
    namesakes = {name for name in mocks if len(distinct[name]) > 1}
    assert len(mocks) >= 20
    assert copied >= {"FakeClock", "MockAgent", "MockTool", "DummyMetrics"}
    assert namesakes >= {"MockAgent", "MockWebSocketManager", "FakeRedis"}
    assert distinct["StubConfig"] == distinct["MockConfig"]


def test_nothing_but_the_standard_library_is_needed() -> None:
    """Apart from pytest, and from what nothing collects, imports are standard or the example's own."""
    own = {path.stem for path in SOURCE.rglob("*")}
    known = own | sys.stdlib_module_names | FOREIGN | SERVICES_ONLY | {"pytest"}
    for name, tree in _python():
        for node in ast.walk(tree):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                modules = [node.module or ""]
            assert {module.partition(".")[0] for module in modules} <= known, name


def test_it_is_as_large_as_it_should_be() -> None:
    """A tool has something to do: ninety files and five thousand lines, the generated ones not counted."""
    lines = [path.read_bytes().count(b"\n") for path in SOURCE.rglob("*.py") if "generated" not in path.parts]
    assert len(lines) >= 90
    assert sum(lines) >= 5000


def test_readme_names_what_is_there() -> None:
    """Every path in the last column of the README's tables leads to a file or a folder."""
    cells = [line.rstrip("| ").rpartition("|")[2] for line in README.splitlines() if line.startswith("|")]
    named = {path for cell in cells for path in re.findall(r"`([^`]*[./][^`]*)`", cell)}
    assert len(named) >= 60
    assert [path for path in sorted(named) if not any(SOURCE.rglob(path.rstrip("/")))] == []


def _run_suite(home: Path) -> Counter[Case]:
    litter = shutil.ignore_patterns("__pycache__", ".pytest_cache")
    copy = shutil.copytree(SOURCE, home / "monorepo", ignore=litter)
    command = [*suite(home / "report.xml"), "-p", "no:randomly"]
    done = subprocess.run(command, cwd=copy, env=environment(home), capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-4000:]
    return cases(home / "report.xml")


def test_suite_is_green(tmp_path: Path) -> None:
    """All tests pass in a copy, and there are as many as the README says for this Python."""
    found = _run_suite(tmp_path)
    older, newer = re.findall(r"\*\*(\d+) tests\*\*", README)
    assert found.total() == int(newer if sys.version_info >= (3, 12) else older)
    outcomes = Counter(case.outcome for case in found.elements())
    assert outcomes == {"passed": found.total() - 11, "skipped": 10, "xfailed": 1}


@pytest.mark.heavy
def test_suite_says_the_same_twice(tmp_path: Path) -> None:
    """Two runs have the same tests with the same outcomes."""
    first, second = (_run_suite(tmp_path / name) for name in ("first", "second"))
    assert first == second
