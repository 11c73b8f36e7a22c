"""From decisions to a sealed plan: files, foundation, ledger, scores, problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ssot_migrate import __version__
from ssot_migrate.decisions import Decision, unmatched
from ssot_migrate.engine.foundation import file_plans
from ssot_migrate.engine.run import Counted
from ssot_migrate.engine.score import scores
from ssot_migrate.engine.summing import Summed
from ssot_migrate.git.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role
from ssot_migrate.plans.model import SCHEMA, Asked, Plan, RuleRef
from ssot_migrate.plans.store import seal
from ssot_migrate.transform import Transform
from ssot_migrate.workflow.gather import Inventory
from ssot_migrate.workflow.memory import Memory
from ssot_migrate.workflow.requests import Request
from ssot_migrate.workflow.vendoring import RULE, vendored_files

_RUNTIME = RuleRef("SSOT000", RULE, "the SSOT runtime that migrated code stands on")


def assemble(
    repo: Repository,
    memory: Memory,
    counted: Counted,
    decided: Summed,
    rules: Sequence[Transform],
    targets: Mapping[Role, Target],
    profile: str,
) -> Plan:
    """The sealed plan that comes of what was counted in files, and of what was decided about them.

    Raises:
        LedgerMismatch: a textual hit ended in no bucket, or in two.
    """
    request, settings, inventory = memory.request, memory.settings, memory.inventory
    refs = tuple(
        RuleRef(rule.id, rule.slug, rule.summary, rule.category, settings.weights.get(rule.category, 1.0))
        for rule in rules
    )
    slugs = [rule.slug for rule in rules]
    files = file_plans(decided.changed)
    foundation = vendored_files(repo, inventory.base, targets, files, memory.notes)
    counted.ledger.decided(decided.hits)
    return seal(
        Plan(
            schema=SCHEMA,
            tool=__version__,
            base=inventory.base,
            profile=profile,
            rules=(_RUNTIME, *refs) if foundation else refs,
            services=tuple(sorted(set(inventory.services.values()))),
            files=(*foundation, *files),
            findings=decided.found,
            problems=(*inventory.problems, *inventory.owned((*counted.problems, *decided.problems))),
            ledger=counted.ledger.tallies(),
            scores=scores(counted.compliant, decided.found.counts, slugs),
            decisions=request.decisions,
            unmatched=tuple(
                d
                for d in unmatched(request.decisions, decided.found if request.decisions else ())
                if _asked_for(d, inventory, slugs, request)
            ),
            asked=Asked(request.services, request.rules, request.include_review),
        )
    )


def _asked_for(decision: Decision, inventory: Inventory, rules: Sequence[str], request: Request) -> bool:
    """Whether a run looks for what ``decision`` is about; paths that are gone belong to every service."""
    service = inventory.services.get(decision.path)
    return decision.rule in rules and (not request.services or service is None or service in request.services)
