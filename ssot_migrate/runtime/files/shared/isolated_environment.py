"""The one way to the process environment: a live mapping that can be isolated, protected and shown safely."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

_MASK = "***"
_SECRET_WORDS = ("secret", "pass", "token", "key", "credential", "auth", "private", "cookie", "jwt", "dsn")
_SECRET_SUFFIXES = ("_pwd", "_pat", "_pw", "_salt")
# Pytest changes it between the phases of a test and fails if it is gone.
_RUNNERS_OWN = "PYTEST_CURRENT_TEST"
_F = TypeVar("_F", bound=Callable[..., Any])


class ProtectedVariableError(RuntimeError):
    """A change of a protected variable; names the variable, never a value."""


def mask_value(key: str, value: str) -> str:
    """Return ``value`` fit to be shown: masked if the name or the value speaks of a secret."""
    name, text = key.lower(), value.lower()
    if name.endswith(_SECRET_SUFFIXES) or any(word in name for word in _SECRET_WORDS):
        return _MASK
    if any(f"{word}=" in text or f'{word}"' in text for word in _SECRET_WORDS):
        return _MASK
    scheme, colon, rest = value.partition("://")
    _, at, host = rest.rpartition("@")
    return f"{scheme}{colon}{_MASK}{at}{host}" if colon and at else value


def _checked(text: object, what: str) -> str:
    """Return ``text`` if ``os.environ`` would take it; same errors, so isolation hides none."""
    if not isinstance(text, str):
        raise TypeError(f"str expected, not {type(text).__name__}")
    os.fsencode(text)
    if "\0" in text:
        raise ValueError("embedded null byte")
    if what == "key" and "=" in text:
        raise ValueError("illegal environment variable name")
    if what == "key" and not text:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return text


def _locked(method: _F) -> _F:
    """Make a method that reads and then writes atomic for all threads that use the environment."""

    @wraps(method)
    def atomic(self: IsolatedEnvironment, *args: object, **kwargs: object) -> object:
        with self._lock:
            return method(self, *args, **kwargs)

    return atomic  # type: ignore[return-value]


def _put_back(variables: MutableMapping[str, str], before: Mapping[str, str]) -> None:
    for key in [key for key in variables if key not in before and key != _RUNNERS_OWN]:
        del variables[key]
    for key, value in before.items():
        if variables.get(key) != value and key != _RUNNERS_OWN:
            variables[key] = value


class IsolatedEnvironment(MutableMapping[str, str]):
    """``os.environ`` as a mapping: every read is live and exact, every write goes through.

    While isolation is on, writes stay in an overlay that other readers of ``os.environ`` do not
    see; when it ends, the overlay goes and ``os.environ`` is put back as it was.
    """

    def __init__(self) -> None:
        """Start outside isolation, with nothing protected."""
        self._lock = threading.RLock()
        self._overlay: dict[str, str | None] | None = None
        self._snapshot: dict[str, str] | None = None
        self._sources: dict[str, tuple[str, str]] = {}
        self._protected: set[str] = set()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew_lock)

    def _renew_lock(self) -> None:
        self._lock = threading.RLock()

    @_locked
    def __getitem__(self, key: str) -> str:
        """Return the value that was set, as it was set; KeyError if there is none."""
        if self._overlay is None or key not in self._overlay:
            return os.environ[key]
        value = self._overlay[key]
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key: str, value: str) -> None:
        """Set a variable; TypeError for anything but str, ProtectedVariableError if protected."""
        self.set(key, value)

    @_locked
    def __delitem__(self, key: str) -> None:
        """Delete a variable; KeyError if there is none."""
        self._refuse_protected(key)
        if self._overlay is None:
            del os.environ[key]
        else:
            self[key]
            self._overlay[key] = None
        self._sources.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names that exist now."""
        return iter(self.copy())

    def __len__(self) -> int:
        """Return the number of variables."""
        return len(self.copy())

    def __repr__(self) -> str:
        """Show all variables, secrets masked."""
        shown = {key: mask_value(key, value) for key, value in self.copy().items()}
        return f"{type(self).__name__}({shown!r})"

    def __or__(self, other: Mapping[str, str]) -> dict[str, str]:
        """Return a dict of both, ``other`` winning."""
        return {**self.copy(), **other} if isinstance(other, Mapping) else NotImplemented

    def __ror__(self, other: Mapping[str, str]) -> dict[str, str]:
        """Return a dict of both, the environment winning."""
        return {**other, **self.copy()} if isinstance(other, Mapping) else NotImplemented

    def __ior__(self, other: Mapping[str, str] | Iterable[tuple[str, str]]) -> IsolatedEnvironment:
        """Update in place."""
        self.update(other)
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, str]:
        """Return a plain dict: a copy must not write to the process."""
        return self.copy()

    @_locked
    def copy(self) -> dict[str, str]:
        """Return a plain dict of all variables."""
        live = ((key, os.environ.get(key)) for key in list(os.environ))
        merged = {**dict(live), **(self._overlay or {})}
        return {key: value for key, value in merged.items() if value is not None}

    get_all = __copy__ = copy

    @_locked
    def set(self, key: str, value: str, source: str | None = None) -> None:
        """Set a variable and remember which ``source`` did."""
        _checked(key, "key"), _checked(value, "value")
        if key in self._protected and self.get(key) != value:
            self._refuse_protected(key)
        if self._overlay is None:
            os.environ[key] = value
        else:
            self._overlay[key] = value
        self._sources[key] = (source or "set", value)

    @_locked
    def delete(self, key: str, source: str | None = None) -> bool:
        """Delete a variable if it exists; return whether it did. Who has done so is not kept."""
        existed = key in self
        if existed:
            del self[key]
        return existed

    def exists(self, key: str) -> bool:
        """Return whether the variable is set, be it empty."""
        return key in self

    @_locked
    def update(  # type: ignore[override]
        self,
        other: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
        /,
        source: str | None = None,
        **variables: str,
    ) -> None:
        """Set many variables, or none if one is refused.

        With ``other`` given, ``source`` labels the change; without, it is a variable like any other.
        """
        if other is None and source is not None:
            variables, source = {**variables, "source": source}, None
        values = {**dict(() if other is None else other), **variables}
        for key, value in values.items():
            if _checked(key, "key") in self._protected and self.get(key) != _checked(value, "value"):
                self._refuse_protected(key)
            _checked(value, "value")
        for key, value in values.items():
            self.set(key, value, source)

    @_locked
    def clear(self) -> None:
        """Delete every variable that is not protected."""
        for key in self.copy().keys() - self._protected:
            del self[key]

    pop = _locked(MutableMapping.pop)
    popitem = _locked(MutableMapping.popitem)
    setdefault = _locked(MutableMapping.setdefault)

    @_locked
    def enable_isolation(self, backup_original: bool = True) -> None:
        """Keep writes out of the process environment from now on; no effect if isolated already.

        Without ``backup_original`` what others write to ``os.environ`` meanwhile stays at the end.
        """
        if self._overlay is None:
            self._snapshot, self._overlay = self.copy() if backup_original else None, {}

    @_locked
    def disable_isolation(self, restore_original: bool = True) -> None:
        """Drop the overlay and put ``os.environ`` back as it was when isolation began.

        Without ``restore_original`` the process environment becomes what was seen inside.
        """
        if self._overlay is None:
            return
        wanted = self._snapshot if restore_original else self.copy()
        self._overlay = None
        if wanted is not None:
            _put_back(os.environ, wanted)

    @_locked
    def reset_to_original(self) -> None:
        """Put every variable back as it was when isolation began, and stay isolated."""
        if self._overlay is not None:
            self._overlay = {}
            _put_back(os.environ, self._snapshot or self.copy())

    @_locked
    def reset(self) -> None:
        """End isolation and forget what is protected and who has set what."""
        self.disable_isolation()
        self._protected.clear()
        self._sources.clear()

    @contextmanager
    def restored(self) -> Iterator[None]:
        """Put every variable back, when the block ends, as it was when it began."""
        before = self.copy()
        try:
            yield
        finally:
            with self._lock:
                _put_back(self, before)

    def is_isolated(self) -> bool:
        """Return whether isolation is on."""
        return self._overlay is not None

    def protect(self, key: str) -> None:
        """Refuse changes of ``key`` from now on; ``clear`` spares it."""
        self._protected.add(key)

    def unprotect(self, key: str) -> None:
        """Allow changes of ``key`` again."""
        self._protected.discard(key)

    def is_protected(self, key: str) -> bool:
        """Return whether ``key`` is protected."""
        return key in self._protected

    def _refuse_protected(self, key: str) -> None:
        if key in self._protected:
            raise ProtectedVariableError(f"environment variable {key!r} is protected")

    @_locked
    def get_variable_source(self, key: str) -> str | None:
        """Return who set the present value: a source label, ``process``, or None if it is not set."""
        if key not in self:
            return None
        source, value = self._sources.get(key, ("process", None))
        return source if value == self[key] else "process"

    def get_all_with_prefix(self, prefix: str) -> dict[str, str]:
        """Return the variables whose names begin with ``prefix``."""
        return {key: value for key, value in self.copy().items() if key.startswith(prefix)}

    def get_subprocess_env(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment for a child process, with ``extra`` on top."""
        added = {_checked(key, "key"): _checked(value, "value") for key, value in (extra or {}).items()}
        return {**self.copy(), **added}

    def load_from_file(
        self, path: str | Path, source: str | None = None, *, override_existing: bool = True
    ) -> dict[str, str]:
        """Set the variables of a ``.env`` file and return them, nothing expanded.

        Raises OSError if it cannot be read, ValueError with file and line if it cannot be parsed.
        """
        loaded = _parsed(path)
        wanted = {key: value for key, value in loaded.items() if override_existing or key not in self}
        self.update(wanted, source=source or str(path))
        return wanted


def _parsed(path: str | Path) -> dict[str, str]:
    from dotenv.parser import parse_stream

    loaded: dict[str, str] = {}
    try:
        with open(path, encoding="utf-8") as stream:
            for binding in parse_stream(stream):
                if binding.error or "\0" in (binding.value or ""):
                    raise ValueError(f"{path}:{binding.original.line}: not a NAME=value line")
                if binding.key is not None and binding.value is not None:
                    loaded[binding.key] = binding.value
    except UnicodeDecodeError:
        raise ValueError(f"{path}: not UTF-8") from None
    return loaded


_ENVIRONMENT = IsolatedEnvironment()


def get_env() -> IsolatedEnvironment:
    """Return the environment of this process, the same object for every caller."""
    return _ENVIRONMENT
