"""A small reader for ``.env`` files: what we need of them and no more."""

import os
import re

LINE = re.compile(r"""^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$""")


class EnvFileError(ValueError):
    pass


def parse(text):
    """The assignments of ``text`` in order; later ones win."""
    values = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = LINE.match(line)
        if match is None:
            raise EnvFileError("line %d is no assignment: %r" % (number, line))
        name, raw = match.groups()
        values[name] = _unquote(raw, number)
    return values


def _unquote(raw, number):
    if raw[:1] in ("'", '"'):
        if len(raw) < 2 or raw[-1] != raw[0]:
            raise EnvFileError("line %d: quote is not closed" % number)
        inner = raw[1:-1]
        if raw[0] == '"':
            inner = inner.replace("\\n", "\n").replace('\\"', '"')
        return inner
    return raw.split(" #", 1)[0].rstrip()


def load(path, override=False):
    """Put the file's values into the process environment; returns the names that were set."""
    with open(path, encoding="utf-8") as handle:
        values = parse(handle.read())
    loaded = []
    for name, value in values.items():
        if override or name not in os.environ:
            os.environ[name] = value
            loaded.append(name)
    return loaded


def unload(names):
    for name in names:
        os.environ.pop(name, None)


def missing(names):
    """Those of ``names`` that are not in the environment."""
    return [name for name in names if name not in os.environ]
