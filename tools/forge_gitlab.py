"""The part of GitLab's REST contract that merge requests need, as it is documented."""

from __future__ import annotations

from typing import Any

from forge_contracts import USERS, Answer, Forge, paged

Row = dict[str, Any]


def gitlab(forge: Forge, method: str, parts: list[str], query: Row, body: Row) -> Answer:
    """Answer as GitLab does."""
    if parts == ["users"]:
        name = query.get("username", "")
        return Answer(200, [{"id": USERS[name], "username": name}] if name in USERS else [])
    project, rest = parts[1], parts[3:]
    if parts[2] == "pipelines":
        return Answer(200, forge.ci.of_branch(project, query["ref"])[paged(query)])
    match (method, *rest):
        case ("GET",):
            rows = [r for r in forge.requests.get(project, []) if r["head"] == query.get("source_branch")]
            return Answer(200, [_gitlab(forge, row) for row in rows[::-1]][paged(query)])
        case ("POST",):
            return _gitlab_create(forge, project, body)
        case ("GET", number):
            row = forge.find(project, int(number))
            newest = next(iter(forge.ci.of_branch(project, row["head"])), None)
            return Answer(200, _gitlab(forge, row) | {"head_pipeline": newest})
        case ("PUT", number):
            row = forge.find(project, int(number))
            row["labels"] += [name for name in body.get("add_labels", "").split(",") if name]
            names = {number: name for name, number in USERS.items()}
            row["reviewers"] += [names[user] for user in body.get("reviewer_ids", [])]
            row["body"] = body.get("description", row["body"])
            row["base"] = body.get("target_branch", row["base"])
            return Answer(200, _gitlab(forge, row))
        case ("GET", number, "notes"):
            return Answer(200, forge.find(project, int(number))["comments"][paged(query)])
        case ("POST", number, "notes"):
            comments = forge.find(project, int(number))["comments"]
            comments.append({"id": len(comments) + 1, "body": body["body"]})
            return Answer(201, comments[-1])
        case ("PUT", number, "notes", note):
            own = next(c for c in forge.find(project, int(number))["comments"] if c["id"] == int(note))
            own["body"] = body["body"]
            return Answer(200, own)
    return Answer(404, {"message": "404 Not Found"})


def _gitlab_create(forge: Forge, project: str, body: Row) -> Answer:
    missing = [f for f in ("title", "source_branch", "target_branch") if not body.get(f)]
    if missing:
        return Answer(400, {"error": f"{missing[0]} is missing"})
    if other := forge.open_one(project, body["source_branch"]):
        message = f"Another open merge request already exists for this source branch: !{other['number']}"
        return Answer(409, {"message": [message]})
    if not forge.commit(project, body["source_branch"]):
        return Answer(400, {"message": {"source_branch": ["does not exist"]}})
    made = {
        "title": body["title"],
        "body": body.get("description", ""),
        "head": body["source_branch"],
        "base": body["target_branch"],
        "draft": body["title"].startswith("Draft: "),
        "project": project,
    }
    return Answer(201, _gitlab(forge, forge.add(project, made)))


def _gitlab(forge: Forge, row: Row) -> Row:
    return {
        "iid": row["number"],
        "web_url": f"http://forge.test/{row['project']}/-/merge_requests/{row['number']}",
        "state": "opened" if row["state"] == "open" else row["state"],
        "title": row["title"],
        "description": row["body"],
        "source_branch": row["head"],
        "target_branch": row["base"],
    }
