"""Which words stand in a text, however many are asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.languages.vocabulary import Vocabulary
from ssot_migrate.languages.words import word_offsets

PIECES = st.sampled_from(
    [b"environ", b"environb", b"env", b"get_env", b"os", b".", b" ", b"_", b"\xc3\xa9", b"a.b"]
    + [b"set", b"un", b"var", b"setenv", b"unsetenv", b"get_env_var", b"x"]
)
FEW = (b"environ", b"get_env", b"environb", b"setenv", b"unsetenv", b"get_env_var", b"set_env_var", b"x")
ALIKE = (*FEW[:-1], b"delenv", b"env_env", b"env")
MANY = (*FEW, b"os", b"a.b", *(b"word%d" % number for number in range(20)))


@given(st.lists(PIECES).map(b"".join))
def test_few_words_and_many_are_found_alike(text: bytes) -> None:
    """Whole words only, whether each is looked for or all words of the text are."""
    for words in (FEW, ALIKE, MANY, (b"os",), ()):
        found = {word for word in words if list(word_offsets(text, word))}
        assert Vocabulary(words).standing(text) == found


def test_words_that_share_much_are_looked_for_around_it() -> None:
    """Not so those that share little, or are few enough to be looked for one after the other."""
    assert Vocabulary(ALIKE).run
    assert not Vocabulary(FEW).run
    assert not Vocabulary((b"environ", b"getenv")).run


def test_a_word_that_opens_with_a_quote_ends_there() -> None:
    """The prefix of a string is no part of a word: text and a piece of it that starts at the quote agree."""
    text = b"run(f\"pytest {path}\", rb'unittest'if x else '')"
    assert list(word_offsets(text, '"pytest')) == [5]
    assert list(word_offsets(text, "'unittest'")) == [24]
    assert list(word_offsets(text[5:], '"pytest')) == [0]
