"""The part of GitHub's and GitLab's REST contracts that pull requests need, on real bare repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, NamedTuple

Row = dict[str, Any]
LONGEST_BODY = 65_536
USERS = {"ada": 7, "bob": 8}


class Answer(NamedTuple):
    """An HTTP answer whose body is JSON."""

    status: int
    body: object
    headers: dict[str, str] = {}


def invalid(field: str = "", code: str = "invalid", message: str = "") -> Answer:
    """GitHub's answer to what cannot be."""
    error = {"resource": "PullRequest", "code": code, **({"field": field} if field else {"message": message})}
    return Answer(422, {"message": "Validation Failed", "errors": [error], "status": "422"})


class Forge:
    """Pull requests by project; a branch is there if the bare repository has it."""

    def __init__(self, root: Path) -> None:
        """Repositories are ``root/name.git``, whoever owns them."""
        self.root = root
        self.requests: dict[str, list[Row]] = {}

    def find(self, project: str, number: int) -> Row:
        """A pull request."""
        return next(row for row in self.requests[project] if row["number"] == number)

    def open(self, project: str, head: str, base: str) -> Row:
        """What a person opens."""
        made = {"title": head, "body": "", "head": head, "base": base, "draft": False, "project": project}
        return self._add(project, made)

    def _commit(self, project: str, branch: str) -> str:
        repo = self.root / f"{project.rpartition('/')[2]}.git"
        command = ["git", "-C", str(repo), "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def _open(self, project: str, head: str) -> Row | None:
        rows = self.requests.get(project, [])
        return next((row for row in rows if row["head"] == head and row["state"] == "open"), None)

    def _add(self, project: str, row: Row) -> Row:
        rows = self.requests.setdefault(project, [])
        made = {"number": len(rows) + 1, "state": "open", "labels": [], "reviewers": [], "comments": []} | row
        rows.append(made)
        return made

    def github(self, method: str, parts: list[str], query: Row, body: Row) -> Answer:
        """Answer as GitHub does."""
        project, rest = "/".join(parts[1:3]), parts[3:]
        match (method, *rest):
            case ("GET", "pulls"):
                head = query.get("head", "").partition(":")[2]
                rows = [row for row in self.requests.get(project, []) if row["head"] == head]
                return Answer(200, [self._github(row) for row in rows[::-1]])
            case ("POST", "pulls"):
                return self._github_create(project, body)
            case ("PATCH", "pulls", number):
                row = self.find(project, int(number))
                if len(body.get("body", "")) > LONGEST_BODY:
                    return invalid(message="body is too long (maximum is 65536 characters)", code="custom")
                row.update({key: body[key] for key in ("body", "base", "title") if key in body})
                return Answer(200, self._github(row))
            case ("POST", "issues", number, "labels"):
                self.find(project, int(number))["labels"] += body["labels"]
                return Answer(200, [{"name": name} for name in body["labels"]])
            case ("POST", "pulls", number, "requested_reviewers"):
                asked = body.get("reviewers", [])
                if any(name not in USERS for name in asked):
                    message = "Reviews may only be requested from collaborators."
                    return Answer(422, {"message": message})
                found = [*asked, *(f"team/{name}" for name in body.get("team_reviewers", []))]
                self.find(project, int(number))["reviewers"] += found
                return Answer(201, self._github(self.find(project, int(number))))
        return self._github_talk(method, project, rest, body)

    def _github_talk(self, method: str, project: str, rest: list[str], body: Row) -> Answer:
        match (method, *rest):
            case ("GET", "commits", commit, "check-runs"):
                rows = self.requests.get(project, [])
                said = next((r.get("checks") for r in rows if self._at(project, r) == commit), None)
                runs = [{"conclusion": said}] if said else []
                return Answer(200, {"total_count": len(runs), "check_runs": runs})
            case ("GET", "commits", _, "status"):
                return Answer(200, {"state": "pending", "statuses": []})
            case ("GET", "issues", number, "comments"):
                return Answer(200, self.find(project, int(number))["comments"])
            case ("POST", "issues", number, "comments"):
                comments = self.find(project, int(number))["comments"]
                comments.append({"id": int(number) * 100 + len(comments), "body": body["body"]})
                return Answer(201, comments[-1])
            case ("PATCH", "issues", "comments", comment):
                own = next(
                    c for r in self.requests[project] for c in r["comments"] if c["id"] == int(comment)
                )
                own["body"] = body["body"]
                return Answer(200, own)
        return Answer(404, {"message": "Not Found"})

    def _at(self, project: str, row: Row) -> str:
        return self._commit(project, row["head"])

    def _github_create(self, project: str, body: Row) -> Answer:
        if missing := [field for field in ("title", "head", "base") if not body.get(field)]:
            return invalid(missing[0], "missing_field")
        for field in ("head", "base"):
            if not self._commit(project, body[field]):
                return invalid(field)
        if self._commit(project, body["head"]) == self._commit(project, body["base"]):
            return invalid(code="custom", message=f"No commits between {body['base']} and {body['head']}")
        if len(body.get("body", "")) > LONGEST_BODY:
            return invalid(code="custom", message="body is too long (maximum is 65536 characters)")
        if self._open(project, body["head"]):
            owner = project.partition("/")[0]
            return invalid(
                code="custom", message=f"A pull request already exists for {owner}:{body['head']}."
            )
        if body.get("draft") and (self.root / "no-drafts").exists():
            message = "Draft pull requests are not supported in this repository."
            return Answer(422, {"message": message})
        keys = ("title", "body", "head", "base", "draft")
        made = self._add(project, {key: body.get(key) for key in keys} | {"project": project})
        return Answer(201, self._github(made))

    def _github(self, row: Row) -> Row:
        return {
            "number": row["number"],
            "html_url": f"http://forge.test/{row['project']}/pull/{row['number']}",
            "state": "open" if row["state"] == "open" else "closed",
            "merged_at": "2026-01-05T09:00:00Z" if row["state"] == "merged" else None,
            "title": row["title"],
            "body": row["body"],
            "head": {"ref": row["head"]},
            "base": {"ref": row["base"]},
            "draft": row.get("draft", False),
        }

    def gitlab(self, method: str, parts: list[str], query: Row, body: Row) -> Answer:
        """Answer as GitLab does."""
        if parts == ["users"]:
            name = query.get("username", "")
            return Answer(200, [{"id": USERS[name], "username": name}] if name in USERS else [])
        project, rest = parts[1], parts[3:]
        match (method, *rest):
            case ("GET",):
                rows = [r for r in self.requests.get(project, []) if r["head"] == query.get("source_branch")]
                return Answer(200, [self._gitlab(row) for row in rows[::-1]])
            case ("POST",):
                return self._gitlab_create(project, body)
            case ("GET", number):
                row = self.find(project, int(number))
                said = row.get("checks")
                pipeline = {"status": said} if said else None
                return Answer(200, self._gitlab(row) | {"head_pipeline": pipeline})
            case ("PUT", number):
                row = self.find(project, int(number))
                row["labels"] += [name for name in body.get("add_labels", "").split(",") if name]
                names = {number: name for name, number in USERS.items()}
                row["reviewers"] += [names[user] for user in body.get("reviewer_ids", [])]
                row["body"] = body.get("description", row["body"])
                row["base"] = body.get("target_branch", row["base"])
                return Answer(200, self._gitlab(row))
            case ("GET", number, "notes"):
                return Answer(200, self.find(project, int(number))["comments"])
            case ("POST", number, "notes"):
                comments = self.find(project, int(number))["comments"]
                comments.append({"id": len(comments) + 1, "body": body["body"]})
                return Answer(201, comments[-1])
            case ("PUT", number, "notes", note):
                own = next(c for c in self.find(project, int(number))["comments"] if c["id"] == int(note))
                own["body"] = body["body"]
                return Answer(200, own)
        return Answer(404, {"message": "404 Not Found"})

    def _gitlab_create(self, project: str, body: Row) -> Answer:
        missing = [f for f in ("title", "source_branch", "target_branch") if not body.get(f)]
        if missing:
            return Answer(400, {"error": f"{missing[0]} is missing"})
        if other := self._open(project, body["source_branch"]):
            message = f"Another open merge request already exists for this source branch: !{other['number']}"
            return Answer(409, {"message": [message]})
        if not self._commit(project, body["source_branch"]):
            return Answer(400, {"message": {"source_branch": ["does not exist"]}})
        made = {
            "title": body["title"],
            "body": body.get("description", ""),
            "head": body["source_branch"],
            "base": body["target_branch"],
            "draft": body["title"].startswith("Draft: "),
            "project": project,
        }
        return Answer(201, self._gitlab(self._add(project, made)))

    def _gitlab(self, row: Row) -> Row:
        return {
            "iid": row["number"],
            "web_url": f"http://forge.test/{row['project']}/-/merge_requests/{row['number']}",
            "state": "opened" if row["state"] == "open" else row["state"],
            "title": row["title"],
            "description": row["body"],
            "source_branch": row["head"],
            "target_branch": row["base"],
        }
