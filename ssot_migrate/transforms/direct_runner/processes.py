"""Test runs that Python code starts as processes, their words given one by one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ssot_migrate.edits import Span
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.shell_literals import called
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.direct_runner.arguments import Argument
from ssot_migrate.transforms.direct_runner.command_lines import recognise
from ssot_migrate.transforms.direct_runner.execution import Execution, Folder, encoded
from ssot_migrate.transforms.direct_runner.launches import KEPT_AS_DATA, Launch, launches
from ssot_migrate.transforms.direct_runner.lists import launch_of_list
from ssot_migrate.transforms.direct_runner.programs import Program, Runs
from ssot_migrate.transforms.direct_runner.python_words import word
from ssot_migrate.transforms.direct_runner.surroundings import in_test, is_test_file

WORDS = (
    '"pytest', "'pytest", '"py.test', "'py.test", "-m pytest", "run pytest", "&& pytest",
    "-m unittest", '"unittest"', "'unittest'",
)  # fmt: skip
"""How a test run is spelled inside strings: each occurrence is accounted for."""
_STARTERS = (b"subprocess", b"os.system", b"os.popen", b"session.run")
_RUN = (b"pytest", b"py.test", b"unittest")
_SCRIPTS = (b'.py"', b".py'")
_INTERPRETERS = (b"executable", b"python", b"python3")
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9._-]*(?<!\.py)")
_SPREAD = "asyncio.create_subprocess_exec"


def places(path: str, data: bytes) -> Iterator[int]:
    """Where an interpreter is named, in files that start processes and name what runs tests, or a script."""
    if any(starter in data for starter in _STARTERS) and (
        any(word in data for word in _RUN)
        or (_INTERPRETERS[0] in data and any(end in data for end in _SCRIPTS))
    ):
        for word in _INTERPRETERS:
            yield from word_offsets(data, word)


def in_list(rule: str, node: ast.List | ast.Tuple, doc: PythonDocument) -> Iterator[Site]:
    """The site at an argument list that runs tests."""
    if not any(isinstance(element, ast.Constant) for element in node.elts[:4]):
        return
    words = _words(node.elts, doc)
    program = recognise(words)
    if program is None or (program.bare and _names_packages(words, doc)):
        return
    if program.runs is not Runs.SCRIPT or words[0].stands_for == "python":
        yield site(rule, node, doc, words, program, launch_of_list(node, doc))


def _names_packages(words: Sequence[Argument], doc: PythonDocument) -> bool:
    """Whether words that are a value among others name what to install, without a flag, path or number."""
    inside = isinstance(doc.parent, ast.Dict | ast.keyword | ast.List | ast.Tuple | ast.Set)
    return inside and all(word.whole and _PACKAGE.fullmatch(word.text) for word in words)


def in_call(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site at a call that is given the words as its arguments: asyncio, nox."""
    session = _nox_session(node, doc)
    if not session and called(node, doc) != _SPREAD:
        return
    words = _words(node.args, doc)
    program = recognise(words)
    if program is None or program.runs is Runs.SCRIPT:
        return
    launch = _of_session(doc) if session else launch_of_list(node, doc)
    yield site(rule, node, doc, words, program, launch, python="python" if session else "")


def site(
    rule: str,
    node: ast.expr,
    doc: PythonDocument,
    words: Sequence[Argument],
    program: Program,
    launch: Launch,
    python: str = "",
) -> Site:
    """The site of a process that runs tests."""
    found = Execution(
        runs=program.runs,
        program=tuple(words[program.first : program.last]),
        arguments=tuple(words[program.last :]),
        folder=launch.folder,
        locked=launch.problem or program.hidden,
        read=launch.read,
        bare=program.bare,
        doubt=program.doubt,
        python=python or ("python" if program.managed else ""),
        open_end=launch.open_end,
        in_test=in_test(doc),
        heeded=launch.heeded,
    )
    region = Span(words[0].span.start - 1, words[program.last - 1].span.end + 1)
    script = program.runs is Runs.SCRIPT
    runs = not (script or is_test_file(doc.source.path))
    facts = encoded(found) | ({"launches": str(launches(doc))} if runs else {})
    if launch.problem == KEPT_AS_DATA:
        facts["data"] = "1"
    key = f"runs-tests:{doc.source.path}" if runs else ""
    kind = f"{program.runs.value}-process" if not script else "script-command"
    return doc.site(rule, kind, node, facts=facts, key=key, hits=tuple(_hits(region, doc.text)))


def _words(elements: Sequence[ast.expr], doc: PythonDocument) -> list[Argument]:
    single = any(doc.text[doc.span(e).start : doc.span(e).start + 1] == b"'" for e in elements)
    return [word(element, doc, "'" if single else '"') for element in elements]


def _hits(region: Span, text: bytes) -> Iterator[int]:
    for name in WORDS:
        for offset in word_offsets(text[region.start : region.end], name):
            yield region.start + offset


def _nox_session(node: ast.Call, doc: PythonDocument) -> bool:
    """Whether this is ``session.run`` in a nox session."""
    function = doc.function()
    match node.func:
        case ast.Attribute(attr="run" | "run_always", value=ast.Name(id=name)) if function is not None:
            named = [argument.arg for argument in function.args.args[:1]] == [name]
            return named and any("session" in ast.unparse(decorator) for decorator in function.decorator_list)
    return False


def _of_session(doc: PythonDocument) -> Launch:
    """Nox starts a session in the folder of its file."""
    function = doc.function()
    moves = function is not None and ("chdir(" in (text := ast.unparse(function)) or ".cd(" in text)
    folder = doc.source.path.rpartition("/")[0]
    if moves or not doc.source.path.endswith("noxfile.py"):
        return Launch(Folder(unknown="the session's working directory is not known", outside=True))
    return Launch(Folder(folder, sure=True))
