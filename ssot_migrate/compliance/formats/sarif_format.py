"""A check as SARIF: what a plan's SARIF says, and how each result stands to the baseline."""

from __future__ import annotations

from ssot_migrate.compliance.model import CheckReport, Status, Violation
from ssot_migrate.engine.registry import all_rules
from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.sarif import Extra, Read, sarif


def as_sarif(report: CheckReport, plan: Plan, read: Read) -> str:
    """The violations; accepted ones are ``unchanged`` and suppressed from outside, with their reason."""
    extras = {violation.finding.fingerprint: _extra(violation) for violation in report.violations}
    return sarif(plan, {rule.slug: rule.help for rule in all_rules()}, read, extras)


def _extra(violation: Violation) -> Extra:
    if violation.status is Status.ACCEPTED:
        return Extra("unchanged", violation.reason)
    return Extra("unchanged" if violation.status is Status.EXPIRED else "new")
