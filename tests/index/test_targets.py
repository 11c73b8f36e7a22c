"""What a target's source offers, and what of it may refuse."""

from __future__ import annotations

from ssot_migrate.index.targets import Target, offered, refusing

SOURCE = b'''
class Environment:
    def get(self, name):
        if name not in self._values:
            raise KeyError(name)
        return self._values[name]

    def clear(self):
        """Only while isolated."""
        if not self._isolated:
            raise RuntimeError("not isolated")
        self._values.clear()

    def set(self, name, value):
        if not isinstance(value, str):
            raise TypeError(name)
        if self._closed:
            raise ValueError
        self._values[name] = value
'''


def test_a_method_that_raises_by_a_state_of_its_object_is_not_offered() -> None:
    """What it raises for a key or a value, a mapping raises as well."""
    assert offered(SOURCE, "Environment")[0] == {"get", "set"}
    assert refusing(SOURCE, "Environment") == {"clear"}
    assert refusing(b"class Environment(:", "Environment") == frozenset()


def test_what_is_lacking_is_said() -> None:
    """A method that refuses is there, and so it must not be called missing."""
    offers, refuses = offered(SOURCE, "Environment")[0], refusing(SOURCE, "Environment")
    target = Target("env", "get_env", "env.py", exists=True, vendored=False, offers=offers, refuses=refuses)
    assert not target.has("get", "clear")
    assert target.lacking("get", "clear").startswith("clear of get_env() may refuse")
    assert target.lacking("get", "pop") == "get_env() offers no pop"
