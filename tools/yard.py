"""A fleet of real repositories with real remotes, for tests and for the guide, and the command on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import example

TOKEN = "glpat-not-a-real-token-0123456789"
Row = dict[str, Any]
LEGACY = {
    "app/__init__.py": "",
    "app/config.py": 'import os\n\nA = os.environ["A"]\n',
    "web/__init__.py": "",
    "web/config.py": 'import os\n\nB = os.environ.get("B")\n',
}
CLEAN = {"app/__init__.py": "", "app/sums.py": "def add(a: int, b: int) -> int:\n    return a + b\n"}


class Yard:
    """A folder with a fleet: repositories in ``repos``, their bare remotes in ``remotes``."""

    def __init__(self, root: Path) -> None:
        """Nothing is there yet."""
        self.root = root
        self.env = example.environment(root, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
        for role in ("AUTHOR", "COMMITTER"):
            self.env |= {f"GIT_{role}_NAME": "Ada", f"GIT_{role}_EMAIL": "ada@example.invalid"}

    def git(self, where: Path | str, *words: str) -> str:
        """The output of git in a folder of the yard."""
        return example.run(["git", *words], self.root / where, self.env).strip()

    def repository(self, name: str, files: dict[str, str]) -> Path:
        """A repository with one commit, pushed to its remote."""
        repo, remote = self.root / "repos" / name, self.root / "remotes" / f"{name}.git"
        for path, text in files.items():
            (repo / path).parent.mkdir(parents=True, exist_ok=True)
            (repo / path).write_text(text)
        self.git(".", "init", "-q", "-b", "main", str(repo))
        self.git(".", "init", "-q", "--bare", "-b", "main", str(remote))
        self.git(repo, "remote", "add", "origin", str(remote))
        self.commit(repo, "base")
        return repo

    def commit(self, repo: Path, message: str) -> str:
        """Commit all that there is on main, push it, and give the commit."""
        self.git(repo, "add", "-A")
        self.git(repo, "commit", "-q", "--allow-empty", "-m", message)
        self.git(repo, "push", "-q", "origin", "HEAD:main")
        return self.git(repo, "rev-parse", "HEAD")

    def fleet(self, text: str = 'repositories = ["repos/*"]', head: str = "") -> Path:
        """Write fleet.toml with one group that changes what is for review, too."""
        path = self.root / "fleet.toml"
        path.write_text(f'{head}\n[[group]]\nname = "all"\ninclude-review = true\n{text}\n')
        return path

    def command(self, *words: str) -> list[str]:
        """The command line of ``batch`` on the yard's fleet."""
        return [sys.executable, "-m", "ssot_migrate", "batch", "fleet.toml", *words]

    def batch(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``batch`` to its end."""
        command = self.command(*words)
        return subprocess.run(
            command, cwd=self.root, env=self.env, capture_output=True, text=True, check=False
        )

    def outcomes(self, *words: str) -> dict[str, str]:
        """Run ``batch`` and give each unit's verdict."""
        done = self.batch(*words, "--format", "json")
        assert done.stdout, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        assert "units" in told, told
        return {row["unit"].rpartition("/")[2]: row["verdict"] for row in told["units"]}

    def branches(self, name: str) -> dict[str, str]:
        """The branches of a remote, by short name."""
        lines = self.git(f"remotes/{name}.git", "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)")
        return dict(line.split(" ") for line in lines.splitlines())


class Forge:
    """A yard whose repositories are at a forge."""

    def __init__(self, yard: Yard, port: int, kind: str) -> None:
        """The server listens on ``port``."""
        self.yard, self.kind, self.url = yard, kind, f"http://127.0.0.1:{port}"

    def call(self, path: str, data: object = None) -> Any:  # noqa: ANN401 - JSON
        """Ask or tell the server, as tests do."""
        body = json.dumps(data).encode() if data is not None else None
        with urllib.request.urlopen(self.url + path, data=body) as answer:
            return json.load(answer)

    def fault(self, method: str, path: str, times: int = 1, **order: object) -> None:
        """Order something to go wrong."""
        self.call("/_faults", [{"method": method, "path": path, "times": times, **order}])

    @property
    def requests(self) -> list[Row]:
        """All pull requests, in the order in which they were opened."""
        return [row for rows in self.call("/_requests").values() for row in rows]

    def close(self, number: int, state: str = "closed") -> None:
        """What a person does with a pull request."""
        self.call("/_set", {"project": "team/one", "number": number, "set": {"state": state}})

    def move(self) -> None:
        """A commit on main that changes every branch."""
        work = self.yard.root / "repos" / "one"
        self.yard.commit(work, "more")
        self.yard.batch("plan")

    def sent(self, method: str) -> list[str]:
        """The paths of all requests of a method."""
        return [call["path"] for call in self.call("/_calls") if call["method"] == method]

    def open(self, head: str) -> int:
        """A pull request as a person opens it; its number."""
        rows = self.call("/_open", {"project": "team/one", "head": head, "base": "main"})
        return int(rows["number"])

    def ci(self, branch: str, said: str, name: str = "tests", *, kind: str = "", commit: str = "") -> None:
        """CI's word on the tip of a branch, or on an older ``commit`` of it, as this kind of forge has it."""
        tip = commit or self.yard.branches("one")[branch]
        kind = kind or ("run" if self.kind == "github" else "pipeline")
        word = {"kind": kind, "project": "team/one", "commit": tip, "name": name, "said": said, "ref": branch}
        self.call("/_ci", word)

    def comments(self, number: int) -> list[str]:
        """The comments on a pull request."""
        return [c["body"] for row in self.requests if row["number"] == number for c in row["comments"]]
