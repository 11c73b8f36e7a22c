"""The pull requests of a forge for tests, on real bare repositories, whichever forge tells of them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from forge_ci import Checks

Row = dict[str, Any]
USERS = {"ada": 7, "bob": 8}


class Answer(NamedTuple):
    """An HTTP answer whose body is JSON."""

    status: int
    body: object
    headers: dict[str, str] = {}


def paged(query: Row) -> slice:
    """The page of a list that is asked for: both forges count from 1, and give 100 rows at most."""
    size = min(100, int(query.get("per_page", 30)))
    begin = (int(query.get("page", 1)) - 1) * size
    return slice(begin, begin + size)


class Forge:
    """Pull requests by project; a branch is there if the bare repository has it."""

    def __init__(self, root: Path) -> None:
        """Repositories are ``root/name.git``, whoever owns them."""
        self.root = root
        self.requests: dict[str, list[Row]] = {}
        self.ci = Checks()

    def find(self, project: str, number: int) -> Row:
        """A pull request."""
        return next(row for row in self.requests[project] if row["number"] == number)

    def open(self, project: str, head: str, base: str) -> Row:
        """What a person opens."""
        made = {"title": head, "body": "", "head": head, "base": base, "draft": False, "project": project}
        return self.add(project, made)

    def commit(self, project: str, branch: str) -> str:
        """The tip of a branch; "" if there is none."""
        return self.resolved(project, f"refs/heads/{branch}")

    def resolved(self, project: str, name: str) -> str:
        """The id of any name of a commit; "" if there is none."""
        repo = self.root / f"{project.rpartition('/')[2]}.git"
        command = ["git", "-C", str(repo), "rev-parse", "--verify", "--quiet", name]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def open_one(self, project: str, head: str) -> Row | None:
        """The open pull request of a branch."""
        rows = self.requests.get(project, [])
        return next((row for row in rows if row["head"] == head and row["state"] == "open"), None)

    def add(self, project: str, row: Row) -> Row:
        """One more pull request."""
        rows = self.requests.setdefault(project, [])
        made = {"number": len(rows) + 1, "state": "open", "labels": [], "reviewers": [], "comments": []} | row
        rows.append(made)
        return made
