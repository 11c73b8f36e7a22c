"""One file through all of the engine, in memory, and what must hold of the result whatever the file was."""

from __future__ import annotations

from ssot_migrate.edits import Edit, splice
from ssot_migrate.engine.decide import Decider
from ssot_migrate.engine.decision import FileDecision, Options
from ssot_migrate.engine.facts import with_facts
from ssot_migrate.engine.inventory import kind_by_name
from ssot_migrate.engine.reading import read_python
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.engine.targets import find_targets
from ssot_migrate.index.project import Project
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import FileKind, Source
from ssot_migrate.plans.check import check
from ssot_migrate.plans.model import SCHEMA, Plan, RuleRef, blob_id
from ssot_migrate.profile import load_profile
from ssot_migrate.runtime.catalog import known_hashes, runtime_files

RULES = find_rules(())
SLUGS = [rule.slug for rule in RULES]
PROFILE = load_profile("bundled", {})
TARGETS = find_targets(PROFILE, lambda _: None, runtime_files(), frozenset(known_hashes().values()))
SCANNER = Scanner(RULES)


def source_of(name: str, data: bytes) -> Source:
    """A file of the repository, in the folder ``app/tests``."""
    kind = kind_by_name(name)
    assert kind
    return Source(f"app/tests/{name}", data, blob_id(data), kind)


def decided(source: Source, classes: bool = True) -> FileDecision:
    """What the engine decides about a repository of this one file, reviewed changes included."""
    scan = with_facts(SCANNER.scan(source, classes), SCANNER.own)
    repo = Repository([scan], TARGETS, rules=frozenset(SLUGS), services={}, project=Project())
    return Decider(repo, PROFILE, RULES, Options(include_review=True)).decide(source, scan)


def assert_sound(source: Source, decision: FileDecision) -> None:
    """No rule crashed; a planned edit replays to its hash, and Python that could be read still can."""
    problems = (*SCANNER.scan(source).problems, *decision.problems)
    assert [problem.message for problem in problems if "crash" in problem.message] == []
    if decision.plan is None:
        return
    refs = tuple(RuleRef(rule.id, rule.slug, rule.summary) for rule in RULES)
    check(Plan(SCHEMA, "0", "0" * 40, "bundled", refs, (), (decision.plan,), (), (), (), ()))
    for index, step in enumerate(decision.plan.steps):
        alive = [Edit(e.start, e.end, e.text) for e in decision.plan.edits if e.since <= index <= e.until]
        text = splice(source.data, alive, decision.plan.encoding)
        assert blob_id(text) == step.after
    if source.kind is FileKind.PYTHON:
        assert isinstance(read_python(Source(source.path, text, "", source.kind)), PythonDocument)
