"""What test code must not do past the shared infrastructure, found by reading it, and a baseline."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from test_framework.ssot.layers import REAL_LAYERS

_TEST_FILES = re.compile(r"test_.*\.py|.*_test\.py|conftest\.py")
_SKIPPED = frozenset({"node_modules", "site-packages", "build", "dist", "__pycache__"})
_ALLOWED = re.compile(r"#\s*ssot:\s*allow\[([\w\s,-]+)\]\s*\S")
_RULES = {
    "os.environ": "direct-env-access",
    "os.getenv": "direct-env-access",
    "os.putenv": "direct-env-access",
    "os.unsetenv": "direct-env-access",
    "unittest.TestCase": "legacy-base-class",
    "unittest.IsolatedAsyncioTestCase": "legacy-base-class",
    "pytest.main": "direct-runner",
    "unittest.main": "direct-runner",
}
_MOCKS = re.compile(r"unittest\.mock\.(Mock|MagicMock|AsyncMock|NonCallableMock|patch)\b")


@dataclass(frozen=True)
class Violation:
    """One use, where it stands."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        """Return it as a line that editors open."""
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


def check_repository(root: Path) -> list[Violation]:
    """Return what the test files under ``root`` do past the infrastructure, in order."""
    return [violation for path in _test_files(root) for violation in check_file(root, path)]


def check_file(root: Path, path: Path) -> list[Violation]:
    """Return the violations of one file; one that cannot be read is a violation too."""
    name = path.relative_to(root).as_posix()
    try:
        source = path.read_bytes()
        tree = ast.parse(source, filename=name)
    except (SyntaxError, ValueError, RecursionError, OSError) as error:
        return [Violation(name, getattr(error, "lineno", None) or 1, "unreadable", str(error))]
    lines = source.splitlines()
    found = set(_uses(tree, PurePosixPath(name)))
    violations = [Violation(name, line, rule, text) for line, rule, text in sorted(found)]
    return [each for each in violations if each.rule not in _allowed(lines[each.line - 1])]


def over_baseline(violations: list[Violation], baseline: Mapping[str, int]) -> list[Violation]:
    """Return the violations of every rule and file that has more of them than ``baseline`` knows."""
    counts = count(violations)
    grown = {key for key, number in counts.items() if number > baseline.get(key, 0)}
    return [each for each in violations if f"{each.rule} {each.path}" in grown]


def count(violations: list[Violation]) -> dict[str, int]:
    """Return how many there are, by rule and file, as a baseline keeps them."""
    return dict(sorted(Counter(f"{each.rule} {each.path}" for each in violations).items()))


def read_baseline(path: Path) -> dict[str, int]:
    """Return the baseline in a file; empty if there is none."""
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def _test_files(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.is_symlink() or path.name.startswith(".") or path.name in _SKIPPED:
            continue
        if path.is_dir() and not (path / "pyvenv.cfg").exists():
            yield from _test_files(path)
        elif path.is_file() and _TEST_FILES.fullmatch(path.name):
            yield path


def _allowed(line: bytes) -> set[str]:
    match = _ALLOWED.search(line.decode("utf-8", "replace"))
    return {rule.strip() for rule in match[1].split(",")} if match else set()


def _uses(tree: ast.Module, path: PurePosixPath) -> Iterator[tuple[int, str, str]]:
    """Yield line, rule and name of each use, names resolved through the file's imports."""
    imported = _imports(tree)
    real = not REAL_LAYERS.isdisjoint({*path.parts, *_marks(tree)})
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = _dotted(node, imported)
            if name in _RULES:
                yield node.lineno, _RULES[name], name
            elif real and _MOCKS.match(name):
                yield node.lineno, "mock-in-real-layer", _MOCKS.match(name)[0]  # type: ignore[index]


def _imports(tree: ast.Module) -> dict[str, str]:
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _dotted(node: ast.expr, imported: Mapping[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        value = _dotted(node.value, imported)
        return f"{value}.{node.attr}" if value else ""
    return imported.get(node.id, "") if isinstance(node, ast.Name) else ""


def _marks(tree: ast.Module) -> set[str]:
    """Return the marks that stand for the whole module."""
    marks = set()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in targets):
            marks |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return marks
