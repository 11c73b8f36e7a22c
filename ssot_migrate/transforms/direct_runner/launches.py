"""How an argument list is used: by which call it is started, where, and who reads the output."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import msgspec

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
_SHOWS = {"print", "join", "debug", "info", "warning", "error", "log", "str", "len", "list2cmdline"}
_WRITTEN = re.compile(
    rb"\b(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)"
    rb"|create_subprocess_(?:exec|shell)|os\.(?:system|popen))\s*\("
)
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


def launch_of_list(node: ast.expr, doc: PythonDocument) -> Launch:
    """The start that the list ``node``, where the walk stands, is made for."""
    if isinstance(node, ast.Call):
        return launch_of_call(node, doc)
    top: ast.AST = node
    above = list(doc.stack)
    while isinstance(above[-1], ast.BinOp) and above[-1].left is top:
        top = above.pop()
    grown = top is not node
    match above[-1]:
        case ast.Call() as call if _is_first(top, call):
            launch = launch_of_call(call, doc)
        case ast.keyword(arg="args"):
            launch = (
                launch_of_call(above[-2], doc)
                if isinstance(above[-2], ast.Call)
                else Launch(problem=KEPT_AS_DATA)
            )
        case ast.Assign(targets=[ast.Name(id=name)]):
            launch = _launch_of_name(name, doc)
        case _:
            return Launch(problem=KEPT_AS_DATA)
    return msgspec.structs.replace(launch, open_end=launch.open_end or grown)


KEPT_AS_DATA = "the command is kept as data: whoever starts it decides where and how"


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


def _launch_of_name(name: str, doc: PythonDocument) -> Launch:
    """The start of a list that is first given a name: all its uses in the scope must be understood."""
    scope = doc.scopes[-1]
    if scope is doc.tree:
        doc.lines_with(name)
    parents = {below: above for above in subtree(scope) for below in ast.iter_child_nodes(above)}
    starts: list[ast.Call] = []
    grown = False
    for use in _uses(name, scope):
        above = parents[use]
        if isinstance(above, ast.BinOp) and above.left is use:
            grown, use, above = True, above, parents[above]
        if isinstance(above, ast.Call) and _is_first(use, above) and is_start(above, doc):
            starts.append(above)
        elif isinstance(above, ast.keyword) and above.arg == "args" and isinstance(parents[above], ast.Call):
            starts.append(parents[above])  # type: ignore[arg-type]  # told by isinstance
        elif _grows(use, above):
            grown = True
        elif not _only_shows(use, above):
            return Launch(problem=f"{name} is also used in a way that its words may matter to")
    if len(starts) != 1:
        return Launch(problem=KEPT_AS_DATA if not starts else f"{name} is started in several places")
    launch = launch_of_call(starts[0], doc)
    return msgspec.structs.replace(launch, open_end=grown)


def _uses(name: str, scope: ast.AST) -> Iterator[ast.AST]:
    """Every occurrence of ``name`` but plain assignments to it."""
    assigned = {
        id(target) for node in subtree(scope) if isinstance(node, ast.Assign) for target in node.targets
    }  # fmt: skip
    for node in subtree(scope):
        if isinstance(node, ast.Name) and node.id == name and id(node) not in assigned:
            yield node


def _is_first(node: ast.AST, call: ast.Call) -> bool:
    return bool(call.args) and call.args[0] is node


def _grows(use: ast.AST, above: ast.AST) -> bool:
    match above:
        case ast.Attribute(attr="append" | "extend"):
            return True
        case ast.AugAssign(op=ast.Add(), target=target):
            return target is use
    return False


def _only_shows(use: ast.AST, above: ast.AST) -> bool:
    """Whether the list is merely printed there."""
    if isinstance(above, ast.FormattedValue):
        return True
    if not isinstance(above, ast.Call) or use not in above.args:
        return False
    name = above.func.attr if isinstance(above.func, ast.Attribute) else _text(above.func)
    return name in _SHOWS


def _is_true(node: ast.expr | None) -> bool:
    return node is not None and not (isinstance(node, ast.Constant) and not node.value)


def _text(node: ast.expr | None) -> str:
    return spelled(node) if node is not None else ""
