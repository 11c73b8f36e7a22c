"""A check as SARIF: what a plan's SARIF says, and how each result stands to the baseline."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_migrate.compliance.model import CheckReport, Status, Violation
from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.sarif import Extra, Read, sarif


def as_sarif(report: CheckReport, plan: Plan, read: Read, help_texts: Mapping[str, str]) -> str:
    """The violations; accepted ones are ``unchanged`` and suppressed from outside, with their reason.

    ``help_texts`` are the rules' pages by slug.
    """
    extras = {violation.finding.fingerprint: _extra(violation) for violation in report.violations}
    return sarif(plan, help_texts, read, extras)


def _extra(violation: Violation) -> Extra:
    if violation.status is Status.ACCEPTED:
        return Extra("unchanged", violation.reason)
    return Extra("unchanged" if violation.status is Status.EXPIRED else "new")
