"""What a team may set, as data that says of itself what docs/settings.md says."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from ssot_migrate.model import Frozen

DEFAULT_EXCLUDES = (
    *(".venv/", "venv/", "site-packages/", "node_modules/"),
    *(".git/", ".tox/", ".nox/", "__pycache__/", "dist/", "build/"),
    "/ssot-rules/",  # goldens of custom rules
)
CATEGORIES = {
    "1": "base-classes",
    "2": "environment",
    "3": "mocks",
    "5": "runner",
    "6": "services",
    "7": "imports",
    "8": "test-bodies",
}
"""What the score groups rules by: the category of each hundred of rule ids, where the rule names no other."""
DUPLICATES = "duplicates"
"""The category of definitions that stand in several places."""
TEAM_CATEGORY = "team"
"""The category of all other rules, such as a team's own."""
ALL_CATEGORIES = (*CATEGORIES.values(), DUPLICATES, TEAM_CATEGORY)
"""Every category that there is."""

_Dotted = Annotated[str, Meta(pattern=r"^$|^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")]


class CustomRule(
    Frozen, frozen=True, forbid_unknown_fields=True, rename={"from_": "from", "class_": "class"}
):
    """A team's own rule: uses of the symbol ``from_``, or bases that ``class_`` matches, onto ``to``.

    ``class_`` is a regular expression for a base's whole dotted name, ``near`` a text without which
    no file can hold such a class. ``call`` is a template for calls: ``{to}({0}, timeout={timeout})``.
    """

    id: Annotated[str, Meta(pattern=r"^SSOT9\d\d$")]
    summary: Annotated[str, Meta(min_length=1, max_length=200)]
    from_: _Dotted = ""
    class_: Annotated[str, Meta(max_length=500)] = ""
    near: Annotated[str, Meta(max_length=100)] = ""
    to: _Dotted = ""
    call: Annotated[str, Meta(max_length=500)] = ""
    safety: Literal["safe", "review", "advice"] = "review"
    why: str = ""


class Settings(Frozen, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a team may set. Globs are git-ignore patterns, relative to the repository's root."""

    services: Annotated[
        dict[str, list[str]],
        Meta(
            description="Globs by service; the first that matches owns a file. Without it, folders that "
            "CODEOWNERS names are services, else the top-level folders that hold Python. "
            "What nobody owns is the service `root`."
        ),
    ] = {}
    exclude: Annotated[
        list[str], Meta(description="Globs of files that no rule looks at, besides the built-in ones below.")
    ] = []
    profile: Annotated[
        str, Meta(description="The shipped profile to migrate onto; see [profiles](profiles.md).")
    ] = "bundled"
    roles: Annotated[
        dict[str, dict[str, object]],
        Meta(description="Roles of your own runtime, laid over the profile; see [profiles](profiles.md)."),
    ] = {}
    rules: Annotated[
        list[str], Meta(description="Only these rules (slug or id), where `--rule` names none; empty: all.")
    ] = []
    policy: Annotated[
        dict[str, str],
        Meta(
            description="By rule slug: `safe` applies its changes for review too, `review` holds even "
            "its safe ones, `off` changes nothing and counts its sites as suppressed."
        ),
    ] = {}
    markers: Annotated[
        list[str],
        Meta(
            description="Words such as `@justified` that, in a comment, suppress every rule on their line, "
            "as `# ssot: allow[...]` does for one."
        ),
    ] = []
    runners: Annotated[
        list[str],
        Meta(
            description="Globs of scripts that run tests by means of their own, besides those that are "
            "seen to: commands that start them are pointed out."
        ),
    ] = []
    weights: Annotated[
        dict[str, Annotated[float, Meta(ge=0, le=1000)]],
        Meta(
            description="What a site of each category weighs in the [score](check.md), from 0 to 1000; "
            "1 where nothing is said."
        ),
    ] = {}
    test_command: Annotated[
        str,
        Meta(
            description="The command that [verify](verify.md) runs, split into words as a shell does; "
            "empty: the unified runner if there is one, else pytest. Nothing else runs it."
        ),
    ] = ""
    test_timeout: Annotated[
        float, Meta(gt=0, description="Seconds after which `verify` ends one run of the test command.")
    ] = 1800.0
    custom: Annotated[
        dict[Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z0-9]+)+$")], CustomRule],
        Meta(description="Rules of your own by name; see [custom rules](custom-rules.md)."),
    ] = {}
    extend: Annotated[
        list[str],
        Meta(
            description="Installed packages with rules in Python; each must be trusted on the command "
            "line, too. See [custom rules](custom-rules.md)."
        ),
    ] = []
    owner: Annotated[
        str, Meta(description="Who answers for deprecated aliases; empty: the service they stand in.")
    ] = ""
    alias_days: Annotated[
        int, Meta(description="After how many days an alias is due to go, counted from the base's commit.")
    ] = 180
