"""The parts of the page that tell where the CPU goes and how it grows, each from what was measured."""

from __future__ import annotations

from typing import Any

_SHOWN = 0.01
PROFILE_ABOUT = """Samples of all processes of a cold plan of all rules (`py-spy`), by what the time was
spent for; the innermost known part counts."""
LINEAR_ABOUT = """The medium archives: a part of them, all, and several copies side by side. A plan of
all rules, cold, then warm. U is that of the same files. Memory is that of the largest process."""
PARTS_HEAD = ["| Part | Share | × U |", "|---|---:|---:|"]
POINTS_HEAD = [
    "| Files | U, CPU s | cold, CPU s | × U | ms a file | warm, CPU s | ms a file | peak MB |",
    "|---:|---:|---:|---:|---:|---:|---:|---:|",
]


def profiled(corpus: dict[str, Any], units: float, goal: float) -> list[str]:
    """The profile of the plan of all rules, where it misses its ``goal``, and what would close the gap."""
    parts: dict[str, float] = corpus.get("parts", {})
    if not parts or units <= goal:
        return []
    large = {part: share for part, share in parts.items() if share >= _SHOWN}
    rest = sum(parts.values()) - sum(large.values())
    rows = [
        f"| {part} | {share:.1%} | {share * units:.2f} |"
        for part, share in [*large.items(), ("all smaller parts", rest)]
    ]
    head = ["### Where the CPU of all rules goes", "", PROFILE_ABOUT, "", *PARTS_HEAD]
    return [*head, *rows, "", _what_would_close_it(parts, units, goal), ""]


def _what_would_close_it(parts: dict[str, float], units: float, goal: float) -> str:
    gap, saved, count = units - goal, 0.0, 0
    for share in parts.values():
        if saved < gap:
            saved, count = saved + share * units, count + 1
    part, share = next(iter(parts.items()))
    return (
        f"The goal is {goal:g} U, measured were {units:.2f} U, so {gap:.2f} U have to go. "
        f"The largest part ({part}) has {share * units:.2f} U. What would close the gap: "
        f"the {count} largest parts as a whole, or {gap / units:.0%} of each."
    )


def linearity(found: dict[str, Any]) -> list[str]:
    """How cost and memory grow with the number of files."""
    points = found.get("points", [])
    if not points:
        return []
    head = ["## From few files to many", "", f"Measured by `{found['command']}`. {LINEAR_ABOUT}", ""]
    return [*head, *POINTS_HEAD, *map(_point, points), ""]


def _point(one: dict[str, Any]) -> str:
    files, unit, cold, warm = one["files"], one["unit"], one["cold"], one["warm"]
    each = f"{cold:.2f} | {cold / unit:.2f} | {1000 * cold / files:.2f}"
    return f"| {files:,} | {unit:.2f} | {each} | {warm:.2f} | {1000 * warm / files:.2f} | {one['peak']} |"
