"""``make docs``: write what the documentation takes from the code; ``--check`` only says what is stale."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pages import fleets, inside, reference, rules, runtime, tour
from ssot_migrate.reports.json_report import json_schema

ROOT = Path(__file__).resolve().parents[1]
HAND_WRITTEN = ("README.md", "MIGRATION_GUIDE.md", "CONTRIBUTING.md", "docs/*.md")
PASSAGES: dict[str, Callable[[], str]] = {
    "categories": reference.categories,
    "commands": reference.commands,
    "default-excludes": reference.default_excludes,
    "error-codes": reference.error_codes,
    "exit-codes": reference.exit_codes,
    "fleet-settings": reference.fleet_settings,
    "fleet-tour": fleets.fleet_tour,
    "gates": inside.gates,
    "layers": inside.layers,
    "plan-fields": inside.plan_fields,
    "profiles": reference.profiles,
    "report-fields": inside.report_fields,
    "rule-table": rules.rule_table,
    "rules": rules.rules_side_by_side,
    "runtime-sizes": runtime.runtime_sizes,
    "settings": reference.settings,
    "settings-example": reference.settings_example,
    "tour-apply": tour.tour_apply,
    "tour-diff": tour.tour_diff,
    "tour-plan": tour.tour_plan,
}
_NOTE = "<!-- Written by `make docs`; change what it is made from. -->\n\n"
_PASSAGE = re.compile(r"(<!-- make docs: ([\w-]+) -->\n).*?(<!-- end of \2 -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Every page that has anything generated in it, as it should be."""
    whole = {ROOT / path: _NOTE + text for path, text in rules.rule_pages().items()}
    whole[ROOT / "ssot_migrate/reports/report.schema.json"] = json_schema()
    found = (path for pattern in HAND_WRITTEN for path in sorted(ROOT.glob(pattern)))
    texts = {path: path.read_text("utf-8") for path in found}
    return whole | {path: filled(text) for path, text in texts.items() if _PASSAGE.search(text)}


def filled(text: str) -> str:
    """``text`` with every marked passage as the code has it now."""
    return _PASSAGE.sub(lambda found: f"{found[1]}\n{PASSAGES[found[2]]().strip()}\n\n{found[3]}", text)


def orphans(known: dict[Path, str]) -> Iterator[Path]:
    """Pages of rules that are no more."""
    return (path for path in sorted((ROOT / "docs" / "rules").glob("*.md")) if path not in known)


def main() -> int:
    """Write or check; the exit status is 1 if a check finds anything stale."""
    parser = argparse.ArgumentParser(description="Write what the documentation takes from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    check: bool = parser.parse_args().check
    wanted = pages()
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    gone = list(orphans(wanted))
    for path in [*stale, *gone]:
        print(f"{'stale' if check else 'wrote'}: {path.relative_to(ROOT)}")
    if check:
        return 1 if stale or gone else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    for path in gone:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
