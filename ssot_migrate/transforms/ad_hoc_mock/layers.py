"""Where the factory refuses to make a mock: in tests marked for the real thing, and in what they use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from ssot_migrate.edits import Span
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_conftest
from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.mentions import MARK
from ssot_migrate.transforms.ad_hoc_mock.places import is_test_module, real_layer

POLICY = "mock-policy"


class Layers:
    """All marks of a repository that keep mocks out, and the code they speak of."""

    def __init__(self, repo: Repository, rule: str) -> None:
        """Read the marks that ``rule`` found, and follow marked classes to their subclasses."""
        self.repo, self.rule = repo, rule
        self.spans: dict[str, list[tuple[Span, str]]] = {}
        self.lent: dict[str, list[tuple[Span, Site]]] = {}
        self.marked: dict[str, Site] = {}
        self._loaders: dict[str, Site | None] = {}
        for mark in repo.peers(rule, MARK):
            self.marked.setdefault(mark.path, mark)
            if "start" in mark.facts:
                self._cover(mark.path, Span(int(mark.facts["start"]), int(mark.facts["end"])), mark)
            name = mark.facts.get("class")
            if name and (ref := repo.class_at(mark.path, name)):
                self._inherit(ref, mark)

    def _cover(self, path: str, span: Span, mark: Site) -> None:
        self.spans.setdefault(path, []).append((span, mark.facts["mark"]))

    def _inherit(self, marked: ClassRef, mark: Site) -> None:
        """Subclasses bear the mark too, and what any of these inherits runs for them."""
        queue, seen = [marked], {marked.key}
        while queue:
            ref = queue.pop()
            for base in self.repo.classes.ancestors(ref):
                if isinstance(base, ClassRef):
                    self.lent.setdefault(base.path, []).append((base.fact.span, mark))
            for heir in self.repo.classes.subclasses.get(ref.key, ()):
                if heir.key not in seen:
                    seen.add(heir.key)
                    queue.append(heir)
                    self._cover(heir.path, heir.fact.span, mark)
                    self.marked.setdefault(heir.path, mark)

    def inside(self, site: Site) -> str:
        """The mark of the test, class or module in which the site stands; empty if none."""
        return next((mark for span, mark in self.spans.get(site.path, ()) if span.covers(site.span)), "")

    def shared(self, site: Site) -> str:
        """Why the site may run for a marked test, although it does not stand in one; empty if it cannot."""
        if site.eager:
            return ""
        user = next((mark for span, mark in self.lent.get(site.path, ()) if span.covers(site.span)), None)
        if user is None and _in_test_function(site):
            user = self._loader(site.path)
        elif user is None:
            user = self.marked.get(site.path) or self._user(site)
        if user is None:
            return ""
        mark = f"{user.path}:{user.line} is marked {user.facts['mark']}"
        return f"{mark} and may use this; the factory refuses there"

    def _user(self, site: Site) -> Site | None:
        if is_conftest(site.path):
            folder = site.path.removesuffix("conftest.py")
            return next((mark for path, mark in self.marked.items() if path.startswith(folder)), None)
        if not is_test_module(site.path) and site.facts.get("fixture"):
            return next(iter(self.marked.values()), None)
        return self._loader(site.path)

    def _loader(self, path: str) -> Site | None:
        """A mark in a file that, however far off, imports ``path``: to call it, or to inherit from it."""
        if path not in self.marked:
            return self._behind_marked.get(path) or self._behind_late.get(path)
        if path not in self._loaders:
            loaders = self.repo.imports.before(path) - {path}
            self._loaders[path] = next((mark for file, mark in self.marked.items() if file in loaders), None)
        return self._loaders[path] or self._behind_late.get(path)

    @cached_property
    def _behind_marked(self) -> dict[str, Site]:
        """By file that is not marked itself, the first mark of a file that loads it."""
        return self._behind(self.marked)

    @cached_property
    def _behind_late(self) -> dict[str, Site]:
        """By file, the first mark of one that imports it inside its functions, or one that loads it."""
        return self._behind(self._late)

    def _behind(self, starts: Mapping[str, Site]) -> dict[str, Site]:
        """By file, the mark of the first of ``starts`` that loads it, or that it is."""
        found: dict[str, Site] = {}
        for start, mark in starts.items():
            queue = [start]
            while queue:
                path = queue.pop()
                if path not in found:
                    found[path] = mark
                    queue += self.repo.imports.direct(path)
        return found

    @cached_property
    def _late(self) -> dict[str, Site]:
        """Files that a marked file imports inside its functions."""
        found = self.repo.tables.get(f"late {self.rule}", dict[str, str], self._find_late)
        return {file: self.marked[path] for file, path in found.items()}

    def _find_late(self) -> dict[str, str]:
        found = {}
        for path in self.marked:
            layout = self.repo.scans.packed[path].layout()
            for statement in layout.imports if layout else ():
                for _, dotted in statement.names if not statement.top else ():
                    for module in (dotted, dotted.rpartition(".")[0]):
                        if module and (file := self.repo.modules.find(module, path.rpartition("/")[0])):
                            found[file] = path
        return found


def _in_test_function(site: Site) -> bool:
    return any(part.startswith("test") for part in site.scope.split("."))


def layer_of(site: Site, repo: Repository) -> str:
    """What puts a site into a layer without mocks: a folder, a file name or a mark; empty if nothing does."""
    return real_layer(site.path) or layers_of(repo, site.rule).inside(site)


@lru_cache(maxsize=4)
def layers_of(repo: Repository, rule: str) -> Layers:
    """The layers of ``repo``, read once."""
    return Layers(repo, rule)
