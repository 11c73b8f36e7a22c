"""The pages of shipped rules, as their modules' docstrings: no rule is loaded for them."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import ssot_migrate.transforms


def shipped_pages() -> dict[str, str]:
    """The page of each shipped rule, by slug: its module has the slug for a name."""
    names = [module.name for module in iter_modules(ssot_migrate.transforms.__path__)]
    return {name.replace("_", "-"): _docstring(f"ssot_migrate.transforms.{name}") for name in names}


def _docstring(module: str) -> str:
    spec = find_spec(module)
    text = Path(spec.origin).read_text("utf-8") if spec and spec.origin else ""
    return ast.get_docstring(ast.parse(text)) or ""
