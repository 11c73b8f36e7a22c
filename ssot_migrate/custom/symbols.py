"""Rules ``from`` a symbol: each use of it, resolved by name, onto another one, or onto a call template."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.custom import template
from ssot_migrate.custom.target import moved
from ssot_migrate.edits import Edit, Span
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.names import root_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Advice, Site
from ssot_migrate.profile import Profile
from ssot_migrate.settings import CustomRule
from ssot_migrate.transform import Outcome, Transform, nothing_else

_HOPS = 8


def transform(slug: str, rule: CustomRule) -> Transform:
    """A transform that finds the uses of ``rule.from_``, and text that names it."""
    last = rule.from_.rpartition(".")[2]
    made = Transform(id=rule.id, slug=slug, summary=rule.summary, words=(last,), sparse=nothing_else)

    @made.detect(ast.Name, ast.Attribute)
    def uses(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
        """Names and attributes that may mean the symbol."""
        assert isinstance(node, ast.Name | ast.Attribute)
        return _use(slug, node, doc, last)

    @made.detect(ast.Constant)
    def texts(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
        """Strings that are the symbol's dotted name, such as the target of a patch."""
        assert isinstance(node, ast.Constant)
        if node.value == rule.from_:
            span = doc.span(node)
            hit = doc.text.rfind(last.encode(), span.start, span.end)
            yield doc.site(slug, "text", node, hits=(hit,) if hit >= 0 else ())

    return made


def _use(slug: str, node: ast.Name | ast.Attribute, doc: PythonDocument, last: str) -> Iterator[Site]:
    meaning = doc.meaning(node)
    if meaning is None or meaning.via == "alias" or meaning.dotted.rpartition(".")[2] != last:
        return
    facts = {"means": meaning.dotted, "root": root_name(node)}
    if not meaning.certain:
        facts["doubt"] = meaning.told
    if not isinstance(node.ctx, ast.Load):
        facts["stored"] = "1"
    captures = {"node": doc.capture(node)}
    if isinstance(doc.parent, ast.Call) and doc.parent.func is node:
        captures |= template.captures(doc.parent, doc)
    span = doc.span(node)
    hit = span.end - len(last.encode()) if isinstance(node, ast.Attribute) else span.start
    yield doc.site(
        slug, "call" if "call" in captures else "use", node, captures=captures, facts=facts, hits=(hit,)
    )


def decide(rule: CustomRule, site: Site, repo: Repository, profile: Profile) -> Outcome:
    """What becomes of one use."""
    if site.kind == "text":
        return Advice(f"{rule.summary}: named in a string, which whoever reads it must change with the code")
    if not _is_meant(rule, site, repo):
        return None
    if "doubt" in site.facts:
        return Advice(f"{rule.summary}: may be {site.facts['doubt']}")
    if "stored" in site.facts:
        return Advice(f"{rule.summary}: given another value here")
    edit = _edit(rule, site)
    return edit if isinstance(edit, Advice) else moved(rule, site, (edit,), (site.facts["root"],), repo)


def _is_meant(rule: CustomRule, site: Site, repo: Repository) -> bool:
    wanted = _file_of(rule.from_, site.path, repo)
    if wanted == site.path:
        return False  # the definition's own module
    dotted, path = _followed(site.facts["means"], site.path, repo)
    same_name = dotted.rpartition(".")[2] == rule.from_.rpartition(".")[2]
    return dotted == rule.from_ or (same_name and _file_of(dotted, path, repo) == (wanted or ""))


def _followed(dotted: str, path: str, repo: Repository) -> tuple[str, str]:
    """Where re-exports of a name lead: its dotted name, seen from the file that has it."""
    for _ in range(_HOPS):
        giver, name = _file_of(dotted, path, repo), dotted.rpartition(".")[2]
        facts = [fact for fact in repo.scans[giver].imports if fact.name == name] if giver else []
        if not giver or len(facts) != 1 or not facts[0].certain:
            break
        dotted, path = facts[0].dotted, giver
    return dotted, path


def _file_of(dotted: str, path: str, repo: Repository) -> str | None:
    found = repo.modules.find(dotted.rpartition(".")[0], path.rpartition("/")[0])
    return found if found in repo.scans else None


def _edit(rule: CustomRule, site: Site) -> Edit | Advice:
    if not rule.call or "call" not in site.captures:
        return _replaced(site["node"].span, rule)
    text = template.filled(rule, site)
    span = site["call"].span
    return text if isinstance(text, Advice) else Edit(span.start, span.end, text)


def _replaced(span: Span, rule: CustomRule) -> Edit:
    return Edit(span.start, span.end, template.target(rule))
