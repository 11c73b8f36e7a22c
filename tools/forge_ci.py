"""What CI says at a forge for tests: GitHub's check runs and commit statuses, GitLab's pipelines.

Values that the forges do not document are refused, so that no test is about a forge that does not exist.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
RUNNING = frozenset({"queued", "in_progress", "waiting", "requested", "pending"})
CONCLUSIONS = frozenset(
    {"success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required", "stale"}
)
STATES = frozenset({"error", "failure", "pending", "success"})
PIPELINES = frozenset(
    {"created", "waiting_for_resource", "preparing", "pending", "running", "success", "failed"}
    | {"canceled", "canceling", "skipped", "manual", "scheduled", "waiting_for_callback"}
)


class Checks:
    """All that CI has said, by project and commit."""

    def __init__(self) -> None:
        """No CI has run."""
        self.runs: dict[tuple[str, str], list[Row]] = {}
        self.statuses: dict[tuple[str, str], list[Row]] = {}
        self.pipelines: dict[str, list[Row]] = {}

    def report(self, kind: str, project: str, commit: str, name: str, said: str, ref: str = "") -> None:
        """CI's word on a commit: a check run, a commit status of a context, or a pipeline of a branch."""
        key = (project, commit)
        if kind == "run":
            assert said in RUNNING | CONCLUSIONS, said
            is_over = said in CONCLUSIONS
            run = {"name": name, "head_sha": commit, "status": "completed" if is_over else said}
            self._replace(
                self.runs.setdefault(key, []), "name", run | {"conclusion": said if is_over else None}
            )
        elif kind == "status":
            assert said in STATES, said
            self._replace(self.statuses.setdefault(key, []), "context", {"context": name, "state": said})
        else:
            assert said in PIPELINES, said
            rows = self.pipelines.setdefault(project, [])
            rows.insert(0, {"id": len(rows) + 1, "sha": commit, "ref": ref, "status": said, "source": "push"})

    def _replace(self, rows: list[Row], key: str, row: Row) -> None:
        """The newest of each name is what is shown (``filter=latest``)."""
        rows[:] = [row, *(other for other in rows if other[key] != row[key])]

    def check_runs(self, project: str, commit: str, page: slice) -> Row:
        """What GitHub answers on the check runs of a commit."""
        rows = self.runs.get((project, commit), [])
        return {"total_count": len(rows), "check_runs": rows[page]}

    def combined_status(self, project: str, commit: str, page: slice) -> Row:
        """What GitHub answers on the statuses of a commit: ``pending`` if there are none, as it documents."""
        rows = self.statuses.get((project, commit), [])
        states = {row["state"] for row in rows}
        state = "success" if states == {"success"} else "pending"
        if states & {"error", "failure"}:
            state = "failure"
        return {"state": state, "sha": commit, "total_count": len(rows), "statuses": rows[page]}

    def of_branch(self, project: str, ref: str) -> list[Row]:
        """A branch's pipelines at GitLab, the newest first; it may be of an old push."""
        return [row for row in self.pipelines.get(project, []) if row["ref"] == ref]
