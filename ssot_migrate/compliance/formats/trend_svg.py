"""A trend as an SVG file that stands alone: one line for each service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from ssot_migrate.compliance.trend import ALL, Trend
from ssot_migrate.plans.scores import percent

_WIDTH, _HEIGHT, _LEFT, _TOP, _LEGEND = 760, 300, 48, 24, 190
_ROW = 20
# Okabe and Ito's colours, which people with colour-blindness can tell apart; the sum is black.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31")
_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
    'font-family="sans-serif" font-size="12">\n<title>SSOT adoption by service</title>\n'
    '<rect width="100%" height="100%" fill="#fff"/>\n{body}</svg>\n'
)
_TEXT = Markup('<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{fill}">{text}</text>\n')
_GRID = Markup('<path d="M{x0} {y:.1f}H{x1}" stroke="#ddd"/>\n')
_LINE = Markup('<polyline points="{points}" fill="none" stroke="{fill}" stroke-width="{width}"/>\n')
_DOT = Markup('<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{fill}"><title>{text}</title></circle>\n')


def trend_svg(trend: Trend) -> str:
    """The chart; foreign text in it is escaped."""
    height = max(_HEIGHT, _TOP + _ROW * (len(trend.services) + 1))
    days = [date.fromisoformat(point.date).toordinal() for point in trend.points]
    xs = [_x(day, days) for day in days]
    body = Markup("").join((*_grid(trend, xs), *_lines(trend, xs)))
    return str(_SVG.format(width=_WIDTH, height=height, body=body))


def _x(day: int, days: Sequence[int]) -> float:
    span = max(days) - min(days)
    return _LEFT + (_WIDTH - _LEFT - _LEGEND) * ((day - min(days)) / span if span else 0.5)


def _y(score: float) -> float:
    return _TOP + (_HEIGHT - 2 * _TOP) * (1 - score)


def _grid(trend: Trend, xs: Sequence[float]) -> Iterator[Markup]:
    for score in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield _GRID.format(x0=_LEFT, x1=_WIDTH - _LEGEND, y=_y(score))
        yield _TEXT.format(x=_LEFT - 6, y=_y(score) + 4, anchor="end", fill="#555", text=f"{score:.0%}")
    ends = {0: "start", len(xs) - 1: "end"} if len(xs) > 1 else {0: "middle"}
    for index, anchor in ends.items() if xs else ():
        text = trend.points[index].date
        yield _TEXT.format(x=xs[index], y=_HEIGHT - 4, anchor=anchor, fill="#555", text=text)


def _lines(trend: Trend, xs: Sequence[float]) -> Iterator[Markup]:
    for number, service in enumerate(trend.services):
        fill = "#000" if service == ALL else _COLOURS[number % len(_COLOURS)]
        scores = trend.line(service)
        known = [(x, score) for x, score in zip(xs, scores, strict=True) if score is not None]
        points = " ".join(f"{x:.1f},{_y(score):.1f}" for x, score in known)
        yield _LINE.format(points=points, fill=fill, width=2.5 if service == ALL else 1.5)
        for point, x, score in zip(trend.points, xs, scores, strict=True):
            if score is not None:
                text = f"{service or 'all'} {point.date} {percent(score)}"
                yield _DOT.format(x=x, y=_y(score), fill=fill, text=text)
        label = f"{service or 'all'} {percent(known[-1][1])}"
        shown = label if len(label) <= 28 else f"{label[:27]}…"
        yield _TEXT.format(
            x=_WIDTH - _LEGEND + 12, y=_TOP + _ROW * number + 4, anchor="start", fill=fill, text=shown
        )
