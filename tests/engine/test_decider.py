"""One file's sites become findings and a plan."""

from __future__ import annotations

from msgspec.structs import replace

from ssot_migrate.edits import Edit, Span
from ssot_migrate.engine.decide import Decider
from ssot_migrate.engine.decision import FileDecision, Options
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.findings import State
from ssot_migrate.index.project import Project
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Change, FileKind, Site, Source
from ssot_migrate.plans.model import blob_id
from ssot_migrate.profile import load_profile
from ssot_migrate.transform import Outcome, Transform

TEXT = b"""first = old(1)
second = old(  # why two
    2)
third = old(3)
"""


def decided(text: bytes) -> FileDecision:
    """What a rule that turns whole ``old(...)`` calls into ``int()`` makes of ``text``."""
    rule = Transform(id="SSOT999", slug="old-call", summary="an old call", words=["old"])

    def rewrite(site: Site, repo: object, profile: object) -> Outcome:
        return Change((Edit(site.span.start, site.span.end, "int()"),))

    rule.rewrite(rewrite)
    source = Source("app.py", text, blob_id(text), FileKind.PYTHON)
    starts = [i for i in range(len(text)) if text.startswith(b"old(", i)]
    spans = [Span(start, text.index(b")", start) + 1) for start in starts]
    sites = tuple(
        Site("old-call", "call", "app.py", span, text.count(b"\n", 0, span.start) + 1) for span in spans
    )
    scan = Scanner([rule]).scan(source)
    repo = Repository([scan], {}, rules=frozenset([rule.slug]), services={}, project=Project())
    return Decider(repo, load_profile("bundled", {}), [rule], Options()).decide(
        source, replace(scan, sites=sites)
    )


def test_a_change_that_would_lose_a_comment_costs_no_other() -> None:
    """It alone is gated, and says which comment; the rest of the file is changed."""
    decision = decided(TEXT)

    assert [finding.state for finding in decision.findings] == [State.CHANGED, State.GATED, State.CHANGED]
    assert "# why two" in decision.findings[1].message
    assert decision.plan
    assert [edit.start for edit in decision.plan.edits] == [8, TEXT.rindex(b"old")]
