"""Files that are almost right, all wrong, or nobody's: none crashes a rule or a reader, none is broken."""

from __future__ import annotations

import hypothesmith
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.model import Source
from tests.fuzz.limits import long
from tests.fuzz.mutation import mutated, seeds
from tests.fuzz.pipeline import assert_sound, decided, source_of

pytestmark = pytest.mark.heavy
PYTHON, OTHERS = seeds(python=True), seeds(python=False)
LEGACY = "import os, unittest\nfrom unittest import mock\nA = os.environ['A']\nm = mock.Mock()\n"


@long
@given(mutated(PYTHON))
def test_mutated_python(file: tuple[str, bytes]) -> None:
    """Golden files with tokens dropped, doubled and mixed: what still parses is decided soundly."""
    source = source_of(*file)
    assert_sound(source, decided(source))


@long
@given(hypothesmith.from_grammar() | hypothesmith.from_node(), st.booleans())
def test_generated_python(text: str, after: bool) -> None:
    """Programs that nobody would write, around a few legacy lines."""
    both = f"{text}\n{LEGACY}" if after else f"{LEGACY}{text}"
    source = source_of("test_generated.py", both.encode("utf-8", "surrogatepass"))
    assert_sound(source, decided(source))


@long
@given(mutated(OTHERS))
def test_mutated_carriers(file: tuple[str, bytes]) -> None:
    """Shell, Make, Dockerfile, YAML, INI, TOML, JSON and Markdown."""
    source = source_of(*file)
    assert_sound(source, decided(source))


@long
@given(st.sampled_from([name for name, _ in OTHERS] + ["a.py"]), st.binary(max_size=300))
def test_any_bytes(name: str, data: bytes) -> None:
    """Whatever the bytes, as a file of every kind."""
    source: Source = source_of(name, data)
    assert_sound(source, decided(source))
