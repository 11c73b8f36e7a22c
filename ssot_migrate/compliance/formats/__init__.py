"""A check as text for programs and forges: one function a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ssot_migrate.compliance.formats.github import github
from ssot_migrate.compliance.formats.json_format import as_json
from ssot_migrate.compliance.formats.junit import junit
from ssot_migrate.compliance.formats.markdown import markdown
from ssot_migrate.compliance.formats.sarif_format import as_sarif
from ssot_migrate.compliance.model import CheckReport
from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.sarif import Read

Pages = Callable[[], Mapping[str, str]]
"""What gives the rules' pages by slug, where they are asked for."""

FORMATS: Mapping[str, Callable[[CheckReport, Plan, Read, Pages], str]] = {
    "json": lambda report, plan, read, pages: as_json(report),
    "sarif": lambda report, plan, read, pages: as_sarif(report, plan, read, pages()),
    "github": lambda report, plan, read, pages: github(report),
    "junit": lambda report, plan, read, pages: junit(report),
    "markdown": lambda report, plan, read, pages: markdown(report),
}
