"""Figures and samples for the field report: `field.py counts PLAN...`, `field.py sample PLAN REPO RULE`.

A plan is what `ssot-migrate plan --format json` printed. A sample is taken at random, by a seed, from
the findings of one rule, and shown with the source that each speaks of, so that others can read the same.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_STATES = ("safe", "review", "held", "advice", "suppressed", "gated")
Plan = Mapping[str, Any]


def counts(plan: Plan) -> Iterable[str]:
    """A row for each rule that found anything: sites, changes by safety, other states, unparseable hits."""
    found = Counter((finding["rule"], _state(finding)) for finding in plan["findings"])
    unread = {tally["rule"]: tally["buckets"].get("unparseable", 0) for tally in plan["ledger"]}
    for rule in [each["slug"] for each in plan["rules"]]:
        row = [found[rule, state] for state in _STATES]
        cells = [sum(row), *row, unread.get(rule, 0)]
        if any(cells):
            yield f"| `{rule}` | {' | '.join(f'{cell:,}' for cell in cells)} |"


def _state(finding: Mapping[str, Any]) -> str:
    return str(finding["safety"] if finding["state"] == "changed" else finding["state"])


def sample(plan: Plan, repo: Path, rule: str, size: int, seed: int) -> Iterable[str]:
    """Findings of ``rule`` taken at random, with the lines around each at the plan's base, and its edits."""
    findings = [each for each in plan["findings"] if each["rule"] == rule and each["state"] != "suppressed"]
    chosen = random.Random(seed).sample(findings, min(size, len(findings)))  # noqa: S311 - no secret
    for number, finding in enumerate(chosen, start=1):
        yield f"{number}. {finding['path']}:{finding['line']} {finding['state']}: {finding['message']}"
        command = ["git", "-C", str(repo), "show", f"{plan['base']}:{finding['path']}"]
        data = subprocess.run(command, check=True, capture_output=True).stdout
        lines = data.decode("utf-8", "replace").splitlines()
        first = max(0, finding["line"] - 3)
        yield from (f"      {line}" for line in lines[first : first + 6])
        yield from (f"   edit: {edit}" for edit in edits(plan, finding, data))


def edits(plan: Plan, finding: Mapping[str, Any], data: bytes) -> Iterable[str]:
    """What is put in the place of what for ``finding``; ``data`` is the file at the plan's base."""
    for file in plan["files"]:
        if file["path"] == finding["path"] and file["before"]:
            for start, end, text, _, _, served in file["edits"]:
                if finding["fingerprint"] in served:
                    yield f"{data[start:end].decode('utf-8', 'replace')!r} -> {text!r}"


def main() -> None:
    """Print counts of plans, or a sample of one."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("counts").add_argument("plans", nargs="+", type=Path)
    one = commands.add_parser("sample")
    one.add_argument("plan", type=Path)
    one.add_argument("repo", type=Path)
    one.add_argument("rule")
    one.add_argument("--size", type=int, default=50)
    one.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.command == "sample":
        plan = json.loads(options.plan.read_bytes())
        print(*sample(plan, options.repo, options.rule, options.size, options.seed), sep="\n")
        return
    for path in options.plans:
        print(path.stem, *counts(json.loads(path.read_bytes())), sep="\n")


if __name__ == "__main__":
    main()
