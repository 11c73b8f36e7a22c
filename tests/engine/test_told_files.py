"""A file that no rule looks at is not parsed to count what is compliant in it, where its text tells that."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_migrate.engine.compliance import Compliance
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import FileKind, Source
from ssot_migrate.profile import load_profile

GOLDEN = Path(__file__).parents[1] / "golden"
RULE = "direct-env-access"
RULES = find_rules((RULE,))
SCANNER = Scanner(RULES, (), Compliance.of(RULES, load_profile("netra", {})))
IMPORT = "from shared.isolated_environment import get_env\n"
USE = "def f():\n    return get_env().get('X')\n"


def scanned(text: bytes, path: str = "app/a.py") -> FileScan:
    """What is told of the file."""
    return SCANNER.scan(Source(path, text, "0" * 40, FileKind.PYTHON))


def counted(text: bytes, path: str = "app/a.py") -> dict[str, int]:
    """What is compliant in the file when it is parsed, because a rule looks at it."""
    found = scanned(text + b"\nimport os\nos.environ\n", path)
    assert found.parsed or found.problems
    return found.compliant


TOLD = [
    IMPORT + USE,
    (IMPORT + USE).replace("\n", "\r\n"),
    "from shared.isolated_environment import get_env, IsolatedEnvironment  # of it\n" + USE,
    "from .isolated_environment import get_env\n" + USE,
    "from other.isolated_environment import get_env\n" + USE,
    IMPORT + "class A:\n    x = get_env()\n\n    def f(self, a=get_env().a):\n        'b' + get_env()[0]\n",
    IMPORT + "'''\nget_env() is it\n'''\n# get_env is it\nx = 'get_env'\n" + USE,
    IMPORT + "def f():\n    if a:\n        from shared.isolated_environment import get_env\n    get_env()\n",
    IMPORT + "if 'a' == get_env().b: pass  # get_env()\n@get_env()\nasync def f(): pass\n",
    IMPORT,
]
UNTOLD = [
    "if a:\n    from shared.isolated_environment import get_env\n" + USE,
    "def f():\n    from shared.isolated_environment import get_env\n    get_env()\nget_env()\n",
    "def f(): \\\n" + IMPORT + "get_env()\n",
    "x = f'''\n" + IMPORT + "{1}'''\nget_env()\n",
    IMPORT + IMPORT.replace("shared", "other") + USE,
    IMPORT + "try:\n    get_env()\nexcept E:\n    get_env = None\n",
    IMPORT + "def g(get_env):\n    return get_env()\n",
    IMPORT + "import a, get_env.b\n" + USE,
    IMPORT + "x = f'{get_env()}'\n",
    IMPORT + "x = f'''\n{\nget_env()}'''\n",
    IMPORT + "x = a.get_env()\n",
    IMPORT + "x = (a.\n  get_env())\n",
    IMPORT + "x = (a.  # of it\n  get_env())\n",
    IMPORT + "take(get_env)\n",
    IMPORT + "def f():\n    global get_env\n    get_env()\n",
    IMPORT + "class A:\n    def get_env(self): ...\n" + USE,
    IMPORT + "if a:\n\tget_env()\n",
    "from shared.isolated_environment import get_env; get_env()\n",
    "from shared.isolated_environment import (\n    get_env,\n)\n" + USE,
    "from shared.isolated_environment import get_env as get\nget()\n",
    "from shared.isolated_environment import temp as get_env\n" + USE,
    "from shared.isolated_environment import *\n" + USE,
    "import shared.isolated_environment as get_env\n" + USE,
    "# coding: latin-1\n" + IMPORT + USE,
]


@pytest.mark.parametrize("text", TOLD)
@pytest.mark.parametrize("path", ["app/a.py", "shared/a.py"])
def test_what_the_text_tells_is_not_parsed(text: str, path: str) -> None:
    """Its imports are the module's own, and all else is code that uses them, or no code."""
    found = scanned(text.encode(), path)
    assert not found.parsed
    assert found.compliant == counted(text.encode(), path)


@pytest.mark.parametrize("text", UNTOLD)
def test_whatever_is_in_doubt_is_parsed(text: str) -> None:
    """Other bindings, formats, attributes, lines that go on, imports in another form, other encodings."""
    found = scanned(text.encode())
    assert found.parsed
    assert found.compliant == counted(text.encode())


def test_uses_on_self_are_told_by_the_tree() -> None:
    """A method of the base counts, whatever the module imports."""
    text = (IMPORT + "class A(B):\n    def test(self):\n        self.get_env_var('X')\n").encode()
    assert scanned(text).parsed
    assert scanned(text).compliant == {RULE: 1}


def test_migrated_code_is_counted_alike() -> None:
    """All that the golden plans have made of real forms."""
    told = 0
    for path in sorted(GOLDEN.rglob("after/**/*.py")):
        text = path.read_bytes()
        found = scanned(text, path.name)
        told += 0 if found.parsed else sum(found.compliant.values())
        if not found.problems:
            assert found.compliant == counted(text, path.name), path
    assert told > 10
