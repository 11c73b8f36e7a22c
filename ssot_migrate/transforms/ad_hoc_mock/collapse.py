"""What becomes of a double: one definition for exact copies, the factory's product, or a word on its like."""

from __future__ import annotations

from ssot_migrate.copies.collapse import collapse
from ssot_migrate.copies.order import canonical
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Advice, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.ad_hoc_mock.advice import standing
from ssot_migrate.transforms.ad_hoc_mock.clusters import doubles_of
from ssot_migrate.transforms.ad_hoc_mock.layers import POLICY, layer_of
from ssot_migrate.transforms.ad_hoc_mock.products import by_factory
from ssot_migrate.transforms.ad_hoc_mock.takers import droppable


def decide_double(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one class."""
    doubles = doubles_of(repo, site.rule)
    if site not in doubles:
        return None
    copies = [peer for peer in repo.peers(site.rule, site.key) if peer in doubles]
    same_name = [peer for peer in copies if peer.facts["name"] == site.facts["name"]]
    near = [peer for peer in same_name if repo.service(peer.path) == repo.service(site.path)]
    kept = canonical(near, repo)
    if kept != site:
        return collapse(site, kept, repo, droppable(site, site.facts.get("imports", "").split(), repo))
    change = by_factory(site, repo)
    if change is None and POLICY in repo.rules and layer_of(site, repo):
        return Advice(f"{POLICY} speaks of it", exempt=True)
    return change or Advice(standing(site, copies, near, doubles))
