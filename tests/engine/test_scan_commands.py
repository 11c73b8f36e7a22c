"""Scanning files that carry commands: sites, the ledger's buckets, suppressions, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.engine.commands import scan_commands
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.scan import FileScan, HitCount
from ssot_migrate.model import Command, FileKind, Site, Source
from ssot_migrate.transform import Transform

rule = Transform(id="SSOT999", slug="old-tool", summary="", words=("in_python",), command_words=("oldtool",))


@rule.detect_command
def oldtool(command: Command, source: Source) -> Iterator[Site]:
    """Commands whose program is oldtool; one of them is too much for this rule."""
    if command.words[-1].text == "crash":
        raise RuntimeError("too much")
    if command.words[0].text == "oldtool":
        start = command.words[0].span.start
        yield Site("old-tool", "run", source.path, command.span, command.line, hits=(start,))


def script(text: str) -> Source:
    """A shell script."""
    return Source("run.sh", text.encode(), "0" * 40, FileKind.SHELL)


def scanned(text: str) -> FileScan:
    """The scan of a shell script under the rule."""
    return scan_commands(script(text), [rule])


def test_every_hit_is_in_one_bucket() -> None:
    """Claimed by a site, a word of another command, a comment, or other text: together they are the total."""
    scan = scanned("oldtool -v\npip install oldtool\n# oldtool is old\ncat <<X\noldtool\nX\n")
    assert [site.line for site in scan.sites] == [1]
    assert scan.hits == (HitCount("old-tool", 4, strings=1, comments=1, other_names=1),)
    assert scan.parsed


def test_suppressions_in_comments() -> None:
    """A comment in a script suppresses as one in Python does, and so does a team's own marker."""
    scan = scan_commands(
        script("oldtool  # ssot: allow[old-tool] legacy\noldtool  # @kept\n"), [rule], ["@kept"]
    )
    assert [(s.rule, s.line, s.reason) for s in scan.suppressions] == [
        ("old-tool", 1, "legacy"),
        ("*", 2, "@kept"),
    ]


def test_a_crash_costs_one_command() -> None:
    """The others are found, and the problem names the line."""
    scan = scanned("oldtool\noldtool crash\noldtool\n")
    assert [site.line for site in scan.sites] == [1, 3]
    assert [problem.stage for problem in scan.problems] == ["detect"]
    assert "line 2" in scan.problems[0].message


def test_a_file_that_cannot_be_read() -> None:
    """It is a problem if it holds a legacy name, and of no interest otherwise."""
    broken = Source("ci.yml", b"run: [oldtool\n", "0" * 40, FileKind.YAML)
    scan = scan_commands(broken, [rule])
    assert (scan.parsed, scan.hits) == (False, (HitCount("old-tool", 1),))
    assert [problem.stage for problem in scan.problems] == ["read"]
    assert scan_commands(Source("ci.yml", b"run: [\n", "0" * 40, FileKind.YAML), [rule]).problems == ()


def test_words_of_python_do_not_count_in_carriers() -> None:
    """The two kinds of files have lists of words of their own."""
    assert Scanner([rule]).scan(script("echo in_python\n")) == FileScan("run.sh", "0" * 40)
    assert Scanner([rule]).scan(script("oldtool\n")).hits[0].total == 1
