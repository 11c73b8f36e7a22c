"""Branches hold exactly what the plan says, and nothing else of the repository changes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from ssot_migrate.edits import Span
from ssot_migrate.errors import PlanStale, PlanTampered
from ssot_migrate.findings import Finding, State
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Safety
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch, Outcome, StaleFile
from ssot_migrate.plans.store import seal
from tests.git.branching import write_branches

Git = Callable[..., str]
Planner = Callable[..., Plan]
Applier = Callable[..., tuple[Branch, ...]]


def state(root: Path, git: Git) -> tuple[str, ...]:
    """What must not change: HEAD, the index, the working tree, and everybody else's refs."""
    index = (root / ".git/index").read_bytes().hex()
    refs = git("show-ref", "--head").splitlines()
    others = "\n".join(line for line in refs if "refs/heads/ssot/" not in line)
    return index, others, git("status", "--porcelain"), (root / ".git/HEAD").read_text()


def test_one_branch_per_service_on_the_foundation(plan: Plan, apply: Applier, git: Git) -> None:
    """The foundation comes first, on the base; services are stacked on it; each holds its own files."""
    foundation, api, web = apply(plan)
    short = plan.digest[:12]
    assert [branch.ref for branch in (foundation, api, web)] == [
        f"refs/heads/ssot/{name}/{short}" for name in ("foundation", "api", "web")
    ]
    assert (foundation.parent, api.parent, web.parent) == (plan.base, foundation.commit, foundation.commit)
    assert (api.paths, web.paths, api.existed) == (("api/a.py", "api/run.py"), ("web/b.py",), False)
    changed = git("diff", "--name-only", api.parent, api.commit).splitlines()
    assert tuple(changed) == api.paths
    assert git("merge-base", "--is-ancestor", foundation.commit, web.commit) == ""


def test_one_commit_per_migration(plan: Plan, apply: Applier, git: Git) -> None:
    """Commits follow the rules' order, each with the file as that step leaves it, mode kept."""
    _, api, web = apply(plan)
    subjects = git("log", "--reverse", "--format=%s", f"{api.parent}..{api.commit}").splitlines()
    assert subjects == ["ssot(environment): one environment in api", "ssot(mocks): one factory in api"]
    assert git("show", f"{api.commit}^:api/a.py") == "import env"
    assert git("show", f"{api.commit}:api/a.py") == "import env, mock"
    assert git("ls-tree", api.commit, "api/run.py").startswith("100755 blob")
    assert git("cat-file", "blob", f"{api.commit}:api/run.py") == "#!/bin/sh\r\nmock\r"
    assert git("rev-list", "--count", f"{web.parent}..{web.commit}") == "1"


def test_commits_carry_trailers_and_counts(plan: Plan, apply: Applier, git: Git) -> None:
    """Plan, tool, rule and base are trailers that git itself reads; sites are counted."""
    finding = Finding("mocks", "x", "api/a.py", Span(0, 1), 1, "", "", State.CHANGED, Safety.SAFE, "f")
    counted = seal(msgspec.structs.replace(plan, findings=(finding, finding)))
    _, api, _ = apply(counted)
    body = git("log", "-1", "--format=%B", api.commit)
    assert "Sites changed: 2; files: 2." in body
    trailers = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=body, capture_output=True, text=True, check=True
    )
    assert trailers.stdout.splitlines() == [
        f"SSOT-Plan: {counted.digest}",
        "SSOT-Tool: 0.1.0",
        "SSOT-Rule: mocks",
        f"SSOT-Base: {plan.base}",
    ]


def test_nothing_else_changes(plan: Plan, apply: Applier, root: Path, git: Git) -> None:
    """A dirty tree, staged work and untracked files are no obstacle and stay as they were."""
    (root / "api/a.py").write_text("my own work")
    (root / "web/b.py").write_text("staged")
    git("add", "web/b.py")
    (root / "shared").mkdir()
    (root / "shared/env.py").write_text("untracked, where the plan creates a file")
    before = state(root, git)
    apply(plan)
    assert state(root, git) == before
    assert git("fsck", "--strict", "--no-dangling") == ""
    assert (root / "shared/env.py").read_text().startswith("untracked")


def test_only_the_services_asked_for(plan: Plan, apply: Applier, git: Git) -> None:
    """One service comes with its foundation; a service without files gets nothing."""
    assert [branch.service for branch in apply(plan, services={"web"})] == ["foundation", "web"]
    assert apply(plan, services={"nothing"}) == ()
    assert git("for-each-ref", "--format=%(refname)", "refs/heads/ssot/api") == ""


def test_without_a_foundation_services_stand_on_the_base(plan_of: Planner, apply: Applier) -> None:
    """No shared files, no foundation branch."""
    plan = plan_of({"web/b.py": {"mocks": "x\n"}})
    assert [(branch.service, branch.parent) for branch in apply(plan)] == [("web", plan.base)]


def test_an_empty_plan_writes_nothing(plan_of: Planner, apply: Applier, git: Git) -> None:
    """No files, no branches, no error."""
    assert apply(plan_of({})) == ()
    assert git("for-each-ref", "refs/heads/ssot") == ""


HOSTILE_PATHS = [
    'quo"te.py',
    "new\nline.py",
    "tab\t.py",
    "back space .py",
    "ünï/cödé.py",
    "-n.py",
    " a.py",
    ":x.py",
]


def test_hostile_paths_arrive(plan_of: Planner, apply: Applier, commit: Git, git: Git) -> None:
    """Quotes, line breaks and spaces in names are kept to the byte, for old files and new ones."""
    commit({f"api/{name}": b"old" for name in HOSTILE_PATHS})
    plan = plan_of({f"{top}/{name}": {"mocks": "new"} for top in ("api", "fresh") for name in HOSTILE_PATHS})
    for branch in apply(plan):
        changed = git("diff", "--name-only", "-z", branch.parent, branch.commit).split("\0")[:-1]
        assert sorted(changed) == sorted(branch.paths)
        assert {git("show", f"{branch.commit}:{path}") for path in branch.paths} == {"new"}


def test_hostile_names_add_no_trailer(plan_of: Planner, apply: Applier, git: Git) -> None:
    """A service with line breaks in its name stays on the subject line."""
    (branch,) = apply(plan_of({"api/a.py": {"mocks": "x"}}, service="a\n\nSSOT-Plan: forged\n\x07b"))
    message = git("log", "-1", "--format=%B", branch.commit)
    assert message.splitlines()[0] == "ssot(mocks): one factory in a SSOT-Plan: forged b"
    assert message.count("\nSSOT-Plan: ") == 1


def test_services_of_hostile_names_have_branches(plan_of: Planner, apply: Applier, repo: Repository) -> None:
    """Git takes the branch of a service named like a ref expression."""
    (branch,) = apply(plan_of({"api/a.py": {"mocks": "x"}}, service="../@{-1}.lock"))
    assert repo.resolve(branch.ref) == branch.commit


def test_stale_files_are_left_out(plan: Plan, repo: Repository, git: Git) -> None:
    """What was not replayed is not on the branch; the rest is."""
    base = repo.read_files(plan.base, [file.path for file in plan.files])
    base["api/a.py"] = (b"changed since", "100644")
    outcome = replay(plan, base.get)
    _, api, _ = write_branches(repo, plan, outcome)
    assert api.paths == ("api/run.py",)
    assert git("diff", "--name-only", api.parent, api.commit) == "api/run.py"


def test_a_stale_foundation_stops_all(plan: Plan, repo: Repository, git: Git) -> None:
    """Nothing is stacked on a foundation that is not whole."""
    whole = replay(plan, lambda path: repo.read_files(plan.base, [path]).get(path))
    foundation, *rest = whole.applied
    outcome = Outcome(tuple(rest), (StaleFile(foundation.file.path, "is there already"),))
    with pytest.raises(PlanStale, match="shared/env.py"):
        write_branches(repo, plan, outcome)
    assert git("for-each-ref", "refs/heads/ssot") == ""


def test_a_base_that_is_not_as_planned_is_stale(
    plan_of: Planner, repo: Repository, commit: Git, git: Git
) -> None:
    """A file that the base has otherwise is never overwritten, however fresh it looked elsewhere."""
    commit({"api/a.py": b"newer\n"})
    plan = seal(
        msgspec.structs.replace(plan_of({"api/a.py": {"mocks": "x"}}), base=git("rev-parse", "HEAD^"))
    )
    outcome = replay(plan, repo.read_files("HEAD", ["api/a.py"]).get)
    assert outcome.applied
    with pytest.raises(PlanStale, match="api/a.py"):
        write_branches(repo, plan, outcome)


@pytest.mark.parametrize("path", ["api", "top.txt/x.py", "vendored/x.py", "link/x.py"])
def test_a_new_file_replaces_no_folder_file_link_or_submodule(
    plan_of: Planner, apply: Applier, commit: Git, git: Git, root: Path, path: str
) -> None:
    """A planned new file that something of another kind stands in the way of is stale."""
    (root / "link").symlink_to("api")
    commit({})
    git("update-index", "--add", "--cacheinfo", f"160000,{git('rev-parse', 'HEAD')},vendored")
    git("commit", "--quiet", "-m", "submodule")
    with pytest.raises(PlanStale, match=path):
        apply(plan_of({path: {"mocks": "x"}}))


def test_an_unknown_base_is_stale(plan: Plan, repo: Repository) -> None:
    """A plan from another repository is stale, not an internal error."""
    foreign = seal(msgspec.structs.replace(plan, base="1" * 40))
    with pytest.raises(PlanStale, match="is not here"):
        write_branches(repo, foreign, Outcome(()))


def test_an_unsealed_plan_has_no_branches(plan: Plan, repo: Repository) -> None:
    """Without a digest there is no name for a branch."""
    with pytest.raises(PlanTampered):
        write_branches(repo, msgspec.structs.replace(plan, digest=""), Outcome(()))


@pytest.mark.parametrize("repo", ["sha256"], indirect=True)
def test_sha256_repositories_get_branches(plan: Plan, apply: Applier, git: Git) -> None:
    """Nothing depends on the length of an object id."""
    first = apply(plan)
    assert {len(branch.commit) for branch in first} == {64}
    assert all(branch.existed for branch in apply(plan))
    assert git("show", f"{first[1].commit}:api/a.py") == "import env, mock"


def test_bare_repositories_get_branches(plan: Plan, root: Path, tmp_path: Path) -> None:
    """A server's copy will do."""
    subprocess.run(["git", "clone", "--quiet", "--bare", root, tmp_path / "bare.git"], check=True)
    bare = Repository.open(tmp_path / "bare.git")
    outcome = replay(plan, bare.read_files(plan.base, [file.path for file in plan.files]).get)
    assert len(write_branches(bare, plan, outcome)) == 3


def test_a_linked_working_tree_gets_branches(plan: Plan, git: Git, tmp_path: Path) -> None:
    """From a linked working tree the branches are the repository's."""
    git("worktree", "add", "--quiet", "--detach", str(tmp_path / "side"))
    side = Repository.open(tmp_path / "side")
    outcome = replay(plan, side.read_files(plan.base, [file.path for file in plan.files]).get)
    branches = write_branches(side, plan, outcome)
    assert git("rev-parse", branches[1].ref) == branches[1].commit


def test_without_an_identity_the_tool_signs(
    plan: Plan, apply: Applier, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine where git knows nobody, a CI runner say, still gets branches."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("config", "user.useConfigOnly", "true")
    assert (
        git("log", "-1", "--format=%an <%ae>", apply(plan)[0].commit)
        == "ssot-migrate <ssot-migrate@localhost>"
    )
