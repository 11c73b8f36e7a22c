"""The part of GitHub's REST contract that pull requests need, as it is documented."""

from __future__ import annotations

from typing import Any

from forge_contracts import USERS, Answer, Forge, paged

Row = dict[str, Any]
LONGEST_BODY = 65_536


def invalid(field: str = "", code: str = "invalid", message: str = "") -> Answer:
    """GitHub's answer to what cannot be."""
    error = {"resource": "PullRequest", "code": code, **({"field": field} if field else {"message": message})}
    return Answer(422, {"message": "Validation Failed", "errors": [error], "status": "422"})


def github(forge: Forge, method: str, parts: list[str], query: Row, body: Row) -> Answer:
    """Answer as GitHub does."""
    project, rest = "/".join(parts[1:3]), parts[3:]
    match (method, *rest):
        case ("GET", "pulls"):
            head = query.get("head", "").partition(":")[2]
            rows = [row for row in forge.requests.get(project, []) if row["head"] == head]
            return Answer(200, [_github(forge, row) for row in rows[::-1]][paged(query)])
        case ("POST", "pulls"):
            return _github_create(forge, project, body)
        case ("PATCH", "pulls", number):
            row = forge.find(project, int(number))
            if len(body.get("body", "")) > LONGEST_BODY:
                return invalid(message="body is too long (maximum is 65536 characters)", code="custom")
            row.update({key: body[key] for key in ("body", "base", "title") if key in body})
            return Answer(200, _github(forge, row))
        case ("POST", "issues", number, "labels"):
            forge.find(project, int(number))["labels"] += body["labels"]
            return Answer(200, [{"name": name} for name in body["labels"]])
        case ("POST", "pulls", number, "requested_reviewers"):
            asked = body.get("reviewers", [])
            if any(name not in USERS for name in asked):
                message = "Reviews may only be requested from collaborators."
                return Answer(422, {"message": message})
            found = [*asked, *(f"team/{name}" for name in body.get("team_reviewers", []))]
            forge.find(project, int(number))["reviewers"] += found
            return Answer(201, _github(forge, forge.find(project, int(number))))
    return _github_talk(forge, method, project, rest, query, body)


def _github_talk(forge: Forge, method: str, project: str, rest: list[str], query: Row, body: Row) -> Answer:
    match (method, *rest):
        case ("GET", "commits", ref, what):
            commit = _at(forge, project, ref)
            if not commit:
                return Answer(422, {"message": f"No commit found for SHA: {ref}"})
            ask = forge.ci.check_runs if what == "check-runs" else forge.ci.combined_status
            return Answer(200, ask(project, commit, paged(query)))
        case ("GET", "issues", number, "comments"):
            return Answer(200, forge.find(project, int(number))["comments"][paged(query)])
        case ("POST", "issues", number, "comments"):
            comments = forge.find(project, int(number))["comments"]
            comments.append({"id": int(number) * 100 + len(comments), "body": body["body"]})
            return Answer(201, comments[-1])
        case ("PATCH", "issues", "comments", comment):
            own = next(c for r in forge.requests[project] for c in r["comments"] if c["id"] == int(comment))
            own["body"] = body["body"]
            return Answer(200, own)
    return Answer(404, {"message": "Not Found"})


def _at(forge: Forge, project: str, ref: str) -> str:
    """The commit that ``heads/BRANCH``, or an id, is."""
    if ref.startswith("heads/"):
        return forge.commit(project, ref.removeprefix("heads/"))
    return forge.resolved(project, f"{ref}^{{commit}}")


def _github_create(forge: Forge, project: str, body: Row) -> Answer:
    if missing := [field for field in ("title", "head", "base") if not body.get(field)]:
        return invalid(missing[0], "missing_field")
    for field in ("head", "base"):
        if not forge.commit(project, body[field]):
            return invalid(field)
    if forge.commit(project, body["head"]) == forge.commit(project, body["base"]):
        return invalid(code="custom", message=f"No commits between {body['base']} and {body['head']}")
    if len(body.get("body", "")) > LONGEST_BODY:
        return invalid(code="custom", message="body is too long (maximum is 65536 characters)")
    if forge.open_one(project, body["head"]):
        owner = project.partition("/")[0]
        return invalid(code="custom", message=f"A pull request already exists for {owner}:{body['head']}.")
    if body.get("draft") and (forge.root / "no-drafts").exists():
        message = "Draft pull requests are not supported in this repository."
        return Answer(422, {"message": message})
    keys = ("title", "body", "head", "base", "draft")
    made = forge.add(project, {key: body.get(key) for key in keys} | {"project": project})
    return Answer(201, _github(forge, made))


def _github(forge: Forge, row: Row) -> Row:
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
