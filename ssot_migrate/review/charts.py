"""Charts as inline SVG that the page's style colours: score by service, findings by rule, adoption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup

from ssot_migrate.findings import State
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.scores import Sites, percent
from ssot_migrate.review.adoption import Points

_WIDTH, _LABEL, _ROW, _BAR = 640, 170, 28, 14
_MOST = 16
_TEXT = Markup('<text x="{x}" y="{y}" class="{kind}">{text}</text>')
_RECT = Markup('<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" class="{kind}"/>')
_DOT = Markup('<circle cx="{x:.1f}" cy="{y:.1f}" r="3" class="dot"><title>{note}</title></circle>')
_SVG = Markup(
    '<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}" class="chart">'
    "<title>{label}</title>{body}</svg>"
)


def score_chart(found: Mapping[str, Sites], label: str) -> Markup:
    """Compliance by name, today and after the plan: where most sites are comes first."""
    known = ((name, sites) for name, sites in found.items() if sites.total)
    rows = sorted(known, key=lambda item: (-item[1].total, item[0]))[:_MOST]
    room = _WIDTH - _LABEL - 140
    body = Markup("")
    for number, (name, (sites, today, after)) in enumerate(rows):
        y = number * _ROW
        body += _TEXT.format(x=_LABEL - 10, y=y + 18, kind="label", text=_short(name or "root"))
        for share, kind in ((1.0, "track"), (after / sites, "after"), (today / sites, "today")):
            body += _RECT.format(x=_LABEL, y=y + 7, width=room * share, height=_BAR, kind=kind)
        text = f"{percent(today / sites)} → {percent(after / sites)}"
        body += _TEXT.format(x=_LABEL + room + 10, y=y + 18, kind="value", text=text)
    return _svg(label, len(rows), body)


def rule_chart(plan: Plan) -> Markup:
    """Findings by rule, one bar of states each."""
    counts: dict[str, Counter[State]] = {}
    for (rule, state), count in Counter((f.rule, f.state) for f in plan.findings).items():
        counts.setdefault(rule, Counter())[state] = count
    rows = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:_MOST]
    room = _WIDTH - _LABEL - 70
    most = max((tally.total() for _, tally in rows), default=1)
    body = Markup("")
    for number, (rule, tally) in enumerate(rows):
        y, x = number * _ROW, float(_LABEL)
        body += _TEXT.format(x=_LABEL - 10, y=y + 18, kind="label", text=_short(rule))
        for state in State:
            width = room * tally[state] / most
            body += (
                _RECT.format(x=x, y=y + 7, width=width, height=_BAR, kind=f"s-{state.value}") if width else ""
            )
            x += width
        body += _TEXT.format(x=x + 8, y=y + 18, kind="value", text=f"{tally.total():,}")
    return _svg("Findings by rule and state", len(rows), body)


def trend_chart(points: Points) -> Markup:
    """Adoption over time; "" for fewer than two points."""
    if len(points) < 2:
        return Markup("")
    step = (_WIDTH - 60) / (len(points) - 1)
    places = [(40 + step * index, 130 - 110 * score) for index, (_, score) in enumerate(points)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    body = Markup('<polyline points="{line}" class="line"/>').format(line=line)
    for (x, y), (day, score) in zip(places, points, strict=True):
        body += _DOT.format(x=x, y=y, note=f"{day}: {percent(score)}")
    for index in (0, -1):
        kind, (x, y), (day, score) = "label" if index else "start", places[index], points[index]
        body += _TEXT.format(x=x, y=150, kind=kind, text=day)
        body += _TEXT.format(x=x, y=f"{max(y - 8, 12):.1f}", kind=kind, text=percent(score))
    return _svg("Adoption over time", 6, body)


def _svg(label: str, rows: int, body: Markup) -> Markup:
    return _SVG.format(label=label, width=_WIDTH, height=max(rows, 1) * _ROW, body=body)


def _short(text: str) -> str:
    return text if len(text) <= 22 else f"{text[:21]}…"
