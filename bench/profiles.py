"""The parts of the page that tell where the CPU goes and how it grows, each from what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_SHOWN = 0.01
PROFILE_ABOUT = """Samples of all Python processes (`py-spy`), by what the time was spent for; the innermost
known part counts. What git has used itself is measured where it is not a worker's."""
LINEAR_ABOUT = """The medium archives: a part of them, all, and several copies side by side. A plan of
all rules, cold, then warm. U is that of the same files. Memory is that of the largest process."""
PARTS_HEAD = ["| Part | Share | CPU s | × U |", "|---|---:|---:|---:|"]
MEMORY_GOAL = 300
MEMORY_ABOUT = """Allocations that live when the plan is printed (`tracemalloc`), in the process that
makes it. What the allocator keeps to itself and the interpreter's own memory are left out."""
MEMORY_HEAD = ["| Held for | MB | kB a file |", "|---|---:|---:|"]
POINTS_HEAD = [
    "| Files | U, CPU s | cold, CPU s | × U | ms a file | warm, CPU s | ms a file | peak MB |",
    "|---:|---:|---:|---:|---:|---:|---:|---:|",
]


class Gap(NamedTuple):
    """A goal that is missed: what it is called, the ratio that it allows, and the CPU seconds of that."""

    title: str
    ratio: float
    seconds: float


def profiled(
    work: str, parts: Mapping[str, float], cpu: float, unit: float, gaps: Sequence[Gap]
) -> list[str]:
    """The profile of a work of ``cpu`` seconds where U takes ``unit``, and what would close each gap."""
    if not parts or not gaps:
        return []
    large = {part: share for part, share in parts.items() if share >= _SHOWN}
    rest = sum(parts.values()) - sum(large.values())
    rows = [
        f"| {part} | {share:.1%} | {share * cpu:.2f} | {share * cpu / unit:.3f} |"
        for part, share in [*large.items(), ("all smaller parts", rest)]
    ]
    told = [line for gap in gaps for line in (_what_would_close_it(parts, cpu, gap), "")]
    return [f"### Where the CPU goes: {work}", "", PROFILE_ABOUT, "", *PARTS_HEAD, *rows, "", *told]


def _what_would_close_it(parts: Mapping[str, float], cpu: float, gap: Gap) -> str:
    wanted, saved, count = cpu - gap.seconds, 0.0, 0
    for share in parts.values():
        if saved < wanted:
            saved, count = saved + share * cpu, count + 1
    part, share = next(iter(parts.items()))
    whole = "the largest part" if count == 1 else f"the {count} largest parts"
    return (
        f"{gap.title}: the goal is {gap.ratio:.3g}, which is {gap.seconds:.2f} s; measured were {cpu:.2f} s, "
        f"so {wanted:.2f} s have to go. The largest part ({part}) has {share * cpu:.2f} s. What would close "
        f"the gap: {whole} as a whole, or {wanted / cpu:.0%} of each."
    )


def linearity(found: dict[str, Any]) -> list[str]:
    """How cost and memory grow with the number of files."""
    points = found.get("points", [])
    if not points:
        return []
    head = ["## From few files to many", "", f"Measured by `{found['command']}`. {LINEAR_ABOUT}", ""]
    return [*head, *POINTS_HEAD, *map(_point, points), "", *_memory(points)]


def _memory(points: Sequence[dict[str, Any]]) -> list[str]:
    """What the memory of a traced point is held for, if the largest point needs more than the goal."""
    traced = next((one for one in points if one.get("held")), None)
    most = max(one["peak"] for one in points)
    if traced is None or most <= MEMORY_GOAL:
        return []
    files, parts = traced["files"], {part: size for part, size in traced["held"].items() if size}
    rows = [f"| {part} | {size} | {1000 * size / files:.1f} |" for part, size in parts.items()]
    part, size = next(iter(parts.items()))
    return [
        "### What memory is held for", "", f"At {files:,} files. {MEMORY_ABOUT}", "", *MEMORY_HEAD, *rows, "",
        f"The goal is {MEMORY_GOAL} MB, whatever the number of files; measured were {most} MB. The largest "
        f"part ({part}) grows by {1000 * size / files:.1f} kB a file. What would close the gap: what is kept "
        "of a file stays packed until it is asked for, and goes once it is decided.", "",
    ]  # fmt: skip


def _point(one: dict[str, Any]) -> str:
    files, unit, cold, warm = one["files"], one["unit"], one["cold"], one["warm"]
    each = f"{cold:.2f} | {cold / unit:.2f} | {1000 * cold / files:.2f}"
    return f"| {files:,} | {unit:.2f} | {each} | {warm:.2f} | {1000 * warm / files:.2f} | {one['peak']} |"
