"""Deprecated names of canonical classes, so that code not yet migrated goes on working."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from types import FrameType, new_class
from typing import Any, TypeVar, cast
from unittest import TestCase

T = TypeVar("T")
# Frames between the user's line and ours when a class is made by its metaclass.
_MACHINERY = frozenset({__name__, "abc", "enum", "typing", "unittest.mock"})


def deprecated_alias(name: str, target: type[T], *, owner: str, since: str, until: str) -> type[T]:
    """Return a subclass of ``target`` called ``name`` that warns when it is subclassed or instantiated.

    A test class, which only runners instantiate, warns when it is subclassed.
    ``owner`` answers for its removal; ``since`` and ``until`` are ISO dates. What derives from the
    alias is a ``target``; what is made as a plain ``target`` is not an instance of the alias.
    """
    caller = sys._getframe(1).f_globals["__name__"]
    text = (
        f"{name} is deprecated since {since}: use {target.__module__}.{target.__qualname__} "
        f"(owner {owner}; the alias goes on {until})"
    )
    body: dict[str, Any] = {"__module__": caller, "__qualname__": name, "__doc__": text}
    parameters = getattr(target, "__parameters__", ())
    base = target[parameters] if parameters else target  # type: ignore[index]
    alias = new_class(name, (base,), {}, lambda namespace: namespace.update(body))
    alias.__init_subclass__ = classmethod(_subclass_hook(alias, text))  # type: ignore[assignment]
    if not _made_by_runners(alias):
        alias.__init__ = _init_hook(alias, target.__init__, text)  # type: ignore[misc]
    return cast("type[T]", alias)


def _made_by_runners(alias: type) -> bool:
    """Return whether test runners instantiate it: no user's line to warn at, and pytest wants no init."""
    return issubclass(alias, TestCase) or any(member.startswith("test") for member in dir(alias))


def _subclass_hook(alias: type, text: str) -> Callable[..., None]:
    def hook(cls: type, **options: object) -> None:
        super(alias, cls).__init_subclass__(**options)  # type: ignore[arg-type]
        if alias in cls.__bases__:
            _warn(text)
        own, inherited = vars(alias).get("__init__"), getattr(cls, "__init__", None)
        if own is not None and inherited is own:
            # The warning is the alias's own: its subclasses get the initialiser they would have had.
            heirs = [base for base in cls.__mro__ if base is not alias and "__init__" in vars(base)]
            cls.__init__ = vars(heirs[0])["__init__"]  # type: ignore[misc]

    return hook


def _init_hook(alias: type, original: Callable[..., None], text: str) -> Callable[..., None]:
    defined = {name for base in alias.__mro__[1:-1] for name in vars(base)}
    # ``object.__init__`` refuses arguments, also those that a ``__new__`` has taken.
    passes_on = "__init__" in defined or "__new__" not in defined

    def initialise(self: object, *args: object, **kwargs: object) -> None:
        if type(self) is alias:
            _warn(text)
        if passes_on:
            original(self, *args, **kwargs)

    initialise.__wrapped__ = original  # type: ignore[attr-defined]
    return initialise


def _warn(text: str) -> None:
    frame: FrameType | None = sys._getframe(1)
    level = 2
    while frame is not None and frame.f_globals.get("__name__") in _MACHINERY:
        frame, level = frame.f_back, level + 1
    warnings.warn(text, DeprecationWarning, stacklevel=level)
