"""Uses of the SSOT API count alike, whether a function is parsed or its text tells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_migrate.engine.compliance import Compliance
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.engine.told import untold
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import FileKind, Source
from ssot_migrate.profile import load_profile

GOLDEN = Path(__file__).parents[1] / "golden"
RULE = "direct-env-access"
RULES = find_rules((RULE,))
SCANNER = Scanner(RULES, (), Compliance.of(RULES, load_profile("netra", {})))
LOOKED_AT = b"\ndef read(): return os.environ\n"  # else the text may tell all, and nothing is parsed
IMPORT = "from shared.isolated_environment import get_env\n\n"


def scanned(text: bytes, path: str = "app/a.py", end: bytes = b"\n # a space\n") -> FileScan:
    """What is told of the file."""
    return SCANNER.scan(Source(path, text + LOOKED_AT + end, "0" * 40, FileKind.PYTHON))


def read_whole(text: bytes, path: str = "app/a.py") -> FileScan:
    """The same of a file that is parsed with all its functions, as those with tabs are."""
    return scanned(text, path, b"\n\t# a tab..\n")


TOLD = [
    "def f():\n    env = get_env()\n    return env\n",
    "class A:\n    x = 1\n\n    def f(self, a=1):\n        '''Text.'''\n        return get_env().get('X')\n",
    "def f():\n    if a:\n        from b import c\n    get_env()\n    return get_env().a[0]\n",
    "def f():\n    def g():\n        return [get_env() for _ in a]\n    return lambda x: get_env(x)\n",
    "async def f():\n    async with get_env() as e:\n        await e\n",
]
UNTOLD = [
    "def f():\n    # of\n    get_env()\n",
    "def f(get_env):\n    return get_env()\n",
    "def f():\n    from other import get_env\n    return get_env()\n",
    "def f():\n    def get_env():\n        pass\n    return get_env()\n",
    "def f():\n    for get_env in a:\n        get_env()\n",
    "def f():\n    global get_env\n    get_env()\n",
    "def f():\n    '''As\n    get_env() does.\n    '''\n",
    "def f():\n    return 'get_env()' + get_env()\n",
    "def f():\n    return a  # get_env()\n",
    "def f():\n    return a.get_env()\n",
    "def f():\n    return (a.\n        get_env())\n",
    "def f():\n    return (a.  # of it\n        get_env())\n",
    "def f():\n    return a. \\\n        get_env()\n",
    "def f():\n    from \\\n        get_env.a import b\n",
    "def f():\n    import a, get_env.b\n    get_env()\n",
    "def f():\n    class A(Base):\n        def g(self):\n            get_env()\n    return A\n",
    "def f():\n    take(get_env)\n",
    "def f():\n    get_env = a.get_env\n    return get_env()\n",
]


@pytest.mark.parametrize("body", TOLD)
def test_plain_uses_need_no_body(body: str) -> None:
    """The module's own import says what they are; the count is that of the parsed file."""
    text = (IMPORT + body).encode()
    assert list(untold(text, b"get_env")) == [text.index(b"get_env")]
    assert scanned(text) == read_whole(text)
    assert scanned(text).compliant == {RULE: body.count("get_env")}


@pytest.mark.parametrize("body", UNTOLD)
def test_whatever_is_in_doubt_is_parsed(body: str) -> None:
    """Names that are bound there, attributes, strings, comments, lines that go on from the one above."""
    text = (IMPORT + body + "\n\ndef other():\n    return 1\n").encode()
    assert len(list(untold(text, b"get_env"))) == text.count(b"get_env")
    assert scanned(text) == read_whole(text)


@pytest.mark.parametrize(
    "head",
    [
        "from shared import isolated_environment\nget_env = isolated_environment.get_env\n",
        "from shared.isolated_environment import *\n",
        "if a:\n    from shared.isolated_environment import get_env\nelse:\n    get_env = None\n",
        "from other import get_env  # no isolated_environment\n",
        "def get_env():  # isolated_environment\n    return 1\n",
    ],
)
def test_what_the_module_calls_so_decides(head: str) -> None:
    """An alias, a star, one of two meanings, another function."""
    text = (head + "".join(TOLD)).encode()
    assert scanned(text) == read_whole(text)


def test_a_late_import_says_nothing_of_the_module() -> None:
    """What a function imports under the name of a module's own table is not what the module fills."""
    text = (IMPORT + "a = {}\na['b'] = 1\n\ndef f():\n    from c import a\n    return get_env()\n").encode()
    assert scanned(text).effect == read_whole(text).effect == ""
    assert read_whole(text.replace(b"a = {}", b"from c import a")).effect


def test_uses_in_migrated_code_are_counted_alike() -> None:
    """All that the golden plans have made of real forms."""
    counted = 0
    for path in sorted(GOLDEN.rglob("after/**/*.py")):
        text = path.read_bytes()
        one, other = scanned(text, path.name), read_whole(text, path.name)
        if not other.problems:
            assert one == other, path
        counted += sum(one.compliant.values())
    assert counted > 20
