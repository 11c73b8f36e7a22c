"""Commands of Makefiles: what is a recipe, and what the shell sees of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str, str | bytes], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n\tpytest a\n\t@-tox\n\n# c\n\t+ @echo é\n", ["pytest a", "tox", "echo é"]),
        ("a: b ; @pytest a\nc: d = e; pytest no\n", ["pytest a"]),
        ("a b: c\n\tcd x && \\\n\t  pytest a\\\n\t  -x\n", ["cd x", "pytest a -x"]),
        ("a:\nifeq ($(X),y)\n\tpytest a\nelse\n\tpytest b\nendif\n", ["pytest a", "pytest b"]),
        ("a:\n\tpytest a\nX = y\n\tpytest no\n", ["pytest a"]),
        ("\tpytest no\nX := pytest no; pytest no\ninclude x.mk\n", []),
        ("a::\r\n\tpytest a \\\r\n\t  -x\r\n", ["pytest a -x"]),
        ("\ufeffa:\n\tpytest a", ["pytest a"]),
        (".RECIPEPREFIX = >\na:\n>pytest a \\\n>  -x\n\tpytest no\n", ["pytest a -x"]),
        ("a:\n\tif x\n\tthen pytest a\n\tfi\n.ONESHELL:\n", ["x", "pytest a"]),
        ("SHELL := $(shell which bash)\na:\n\tpytest a\n", ["pytest a"]),
        ("SHELL = pwsh\na:\n\tpytest a\n", ["pytest a !its shell is pwsh"]),
        (
            "define run\npytest a\ndefine in\nendef\n\ttox\nendef\na: ; tox b\n",
            [
                "pytest a !in a define, which may be no recipe",
                "tox !in a define, which may be no recipe",
                "tox b",
            ],
        ),
    ],
)
def test_recipes_are_told_from_the_rest(read: Read, text: str, expected: list[str]) -> None:
    """Prefixes, inline recipes, conditionals, assignments, defines and settings mean what make means."""
    assert read("Makefile", text) == expected


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("$(PYTEST) $(ARGS) a", ["~$(PYTEST) ~$(ARGS) a"]),
        ("${PY} -m pytest $(call f,a (b),{c}) $@ $<", ["~${PY} -m pytest ~$(call f,a (b),{c}) ~$@ ~$<"]),
        ("for t in $$(pytest a); do pytest $$t; done", ["pytest a", "pytest ~$t"]),
        ("pytest x$(A)y '$$HOME'", ["pytest ~x$(A)y ~$HOME"]),
    ],
)
def test_expansions_of_make_are_no_plain_words(read: Read, recipe: str, expected: list[str]) -> None:
    """A variable of make is opaque and locks nothing; two dollars are the shell's one."""
    assert read("x.mk", f"a:\n\t{recipe}\n") == expected
