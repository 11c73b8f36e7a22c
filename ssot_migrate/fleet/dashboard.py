"""The dashboard: one HTML page over the fleet that needs nothing else, in which no foreign text is markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import reduce
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ssot_migrate.fleet.runs import Run, last_run
from ssot_migrate.fleet.standing import lines, newest, trend
from ssot_migrate.fleet.state import State
from ssot_migrate.plans.scores import Sites, percent
from ssot_migrate.review.charts import score_chart, trend_chart
from ssot_migrate.review.parts import asset, policy

_MOST = 5_000


def render(state: State, *, title: str) -> str:
    """The whole page, from what the state holds."""
    style, script = f"{asset('page.css')}\n{_own('dashboard.css')}", _own("dashboard.js")
    found = lines(state)
    by_unit = _by_unit(newest(state))
    whole = reduce(Sites.plus, by_unit.values(), Sites())
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_own("dashboard.html.j2")).render(
        title=title,
        style=Markup(style),
        script=Markup(script),
        policy=policy(style, script, served=False),
        lines=found[:_MOST],
        left_out=len(found[_MOST:]),
        states=Counter(line.verdict.value for line in found).most_common(),
        facts=_facts(len({line.unit for line in found}), last_run(state), whole),
        share=_share,
        charts=[score_chart(by_unit, "Compliance by repository"), trend_chart(trend(state))],
    )


def _own(name: str) -> str:
    return (files("ssot_migrate.fleet") / name).read_text("utf-8")


def _by_unit(by_service: Mapping[tuple[str, str], Sites]) -> dict[str, Sites]:
    found: dict[str, Sites] = {}
    for (unit, _), sites in by_service.items():
        found[unit] = found.get(unit, Sites()).plus(sites)
    return {unit: sites for unit, sites in found.items() if sites.total}


def _share(sites: Sites | None) -> str:
    return percent(sites.today / sites.total) if sites and sites.total else ""


def _facts(units: int, run: Run | None, whole: Sites) -> list[tuple[str, str]]:
    facts = [("repositories", f"{units:,}")]
    if run:
        when = datetime.fromtimestamp(run.began, UTC)
        facts.append(("last run", f"{run.action.value}, {when:%Y-%m-%d %H:%M} UTC"))
    if whole.total:
        after = percent(whole.after / whole.total)
        facts.append(("compliance", f"{_share(whole)} → {after}"))
    return facts
