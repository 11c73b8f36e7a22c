"""The page: one HTML file that needs nothing else, in which no foreign text is ever markup."""

from __future__ import annotations

import base64
import gzip
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from ssot_migrate.findings import State
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.scores import overall, percent, totals, weights
from ssot_migrate.reports.left import Left, left
from ssot_migrate.review.adoption import Points
from ssot_migrate.review.charts import rule_chart, score_chart, trend_chart
from ssot_migrate.review.data import Data, Material, page_data
from ssot_migrate.review.parts import asset, policy

_SCRIPTS = (
    "model.js",
    "rows.js",
    "colours.js",
    "lines.js",
    "diff.js",
    "detail.js",
    "decide.js",
    "print.js",
    "main.js",
)
_SHOWN = 12


def render(
    material: Material,
    help_texts: Mapping[str, str],
    *,
    title: str,
    token: str = "",
    trend: Points = (),
) -> str:
    """The whole page.

    Args:
        material: what is shown.
        help_texts: the rules' pages by slug.
        title: of the repository or branch.
        token: what a served page sends with decisions; "" for a page that stands alone.
        trend: adoption over time.
    """
    data = page_data(material)
    data["token"], data["title"] = token, title
    data["help"] = {slug: text for slug, text in help_texts.items() if slug in data["rules"]}
    style, script = asset("page.css"), "\n".join(asset(name) for name in _SCRIPTS)
    return _template().render(
        title=title,
        plan=material.plan,
        proof=material.proof,
        policy=policy(style, script, served=bool(token)),
        style=Markup(style),
        script=Markup(script),
        data=_packed(data),
        charts=_charts(material.plan, trend),
        groups=_table(data),
        reasons=_reasons(material.plan),
        states=_states(material.plan),
        **_score(material.plan),
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(asset("page.html.j2"))


def _packed(data: Data) -> str:
    """The data as base64 of gzipped JSON: small, and without a character that means anything in HTML."""
    return base64.b64encode(gzip.compress(msgspec.json.encode(data), 1, mtime=0)).decode("ascii")


def _charts(plan: Plan, trend: Points) -> dict[str, Markup]:
    by_service = totals(plan.scores, lambda score: score.service, weights(plan.rules))
    by_rule = totals(plan.scores, lambda score: score.rule)
    return {
        "service": score_chart(by_service, "Compliance by service, today and after"),
        "rule": score_chart(by_rule, "Compliance by rule, today and after"),
        "findings": rule_chart(plan),
        "trend": trend_chart(trend),
    }


def _states(plan: Plan) -> dict[str, int]:
    counts = Counter(finding.state for finding in plan.findings)
    return {state.value: counts[state] for state in State if counts[state]}


def _table(data: Data) -> list[dict[str, Any]]:
    """The largest groups of changes."""
    changes = [group for group in data["groups"] if "shape" in group]
    return [
        {
            "id": g["id"],
            "rule": g["r"],
            "kind": g["k"],
            "count": len(g["members"]),
            "shape": g["shape"][:160],
            "outliers": len(g["outliers"]),
        }
        for g in changes[:_SHOWN]
    ]


def _reasons(plan: Plan) -> list[Left]:
    """The commonest reasons for what is held or left; a rule that speaks elsewhere needs no reading."""
    found = left(f for f in plan.findings if f.state is not State.CHANGED and f.state is not State.SUPPRESSED)
    return list(islice(found, _SHOWN))


def _score(plan: Plan) -> dict[str, str]:
    sites, today, after = overall(plan)
    return {
        "today": percent(today / sites if sites else None),
        "after": percent(after / sites if sites else None),
    }
