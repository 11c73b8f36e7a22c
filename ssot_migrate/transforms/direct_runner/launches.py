"""How a process is started: by which call, where, and who reads the output."""

from __future__ import annotations

import ast
import re

from ssot_migrate.languages.names import spelled
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.shell_literals import called
from ssot_migrate.model import Frozen
from ssot_migrate.transforms.direct_runner.execution import Folder
from ssot_migrate.transforms.direct_runner.folders import place_of

_STARTS = {f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")}
_STARTS |= {"asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "os.system", "os.popen"}
_STARTS |= {"subprocess.getoutput", "subprocess.getstatusoutput"}
_READS = {"subprocess.check_output", "subprocess.getoutput", "subprocess.getstatusoutput", "os.popen"}
_CHECKS = {"subprocess.check_call", "subprocess.check_output"}
_WRITTEN = re.compile(
    rb"\b(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)"
    rb"|create_subprocess_(?:exec|shell)|os\.(?:system|popen))\s*\("
)
KEPT_AS_DATA = "the command is kept as data: whoever starts it decides where and how"
_INHERITED = "the process inherits a working directory that is not known"


class Launch(Frozen, frozen=True):
    """What is known of the start.

    ``problem`` says why the words must not be edited; ``heeded``: the exit status is asked for.
    """

    folder: Folder = Folder()
    read: str = ""
    problem: str = ""
    open_end: bool = False
    heeded: bool = True


def is_start(node: ast.Call, doc: PythonDocument) -> bool:
    """Whether the call starts a process from a command that it is given first."""
    return called(node, doc) in _STARTS


def launches(doc: PythonDocument) -> int:
    """How many processes the file starts, counted as they are usually written."""
    return len(_WRITTEN.findall(doc.text))


def launch_of_call(call: ast.Call, doc: PythonDocument) -> Launch:
    """What a call that starts a process says of folder and output."""
    name = called(call, doc)
    if name not in _STARTS:
        shown = spelled(call.func)
        return Launch(problem=f"handed to {shown[:60]}, which is not known to start it as it is")
    options = {keyword.arg or "**": keyword.value for keyword in call.keywords}
    if "**" in options or "executable" in options:
        return Launch(problem="started with options that are not literal")
    read = name in _READS or _is_true(options.get("capture_output")) or "PIPE" in _text(options.get("stdout"))
    heeded = name in _CHECKS or _is_true(options.get("check")) or not _is_dropped(call, doc)
    return Launch(_folder(options.get("cwd"), doc), "the caller" if read else "", heeded=heeded)


def _is_dropped(call: ast.Call, doc: PythonDocument) -> bool:
    """Whether nothing becomes of what ``call`` returns."""
    scope = doc.scopes[-1]
    statements = (node.value for node in subtree(scope) if isinstance(node, ast.Expr))
    return any(call is (value.value if isinstance(value, ast.Await) else value) for value in statements)


def _folder(cwd: ast.expr | None, doc: PythonDocument) -> Folder:
    if cwd is None or _text(cwd) == "None":
        return Folder(unknown=_INHERITED)
    place = place_of(cwd, doc)
    if place is not None:
        return Folder(place, sure=True)
    return Folder(unknown=f"started in {_text(cwd)[:60]}, a folder that is not known", outside=True)


def _is_true(node: ast.expr | None) -> bool:
    return node is not None and not (isinstance(node, ast.Constant) and not node.value)


def _text(node: ast.expr | None) -> str:
    return spelled(node) if node is not None else ""
