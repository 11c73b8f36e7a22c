"""A word on doubles that stay: their copies, or the one most like them."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.clusters import Doubles
from ssot_migrate.transforms.ad_hoc_mock.names import STANDARD


def standing(site: Site, copies: Sequence[Site], near: Sequence[Site], doubles: Doubles) -> str:
    """Advice on a double that stays: its copies elsewhere, or the one most like it."""
    name = _described(site)
    others = [copy for copy in copies if copy != site]
    if others:
        wish = "this one stays" if len(near) > 1 else "keep one, in a module that all can import"
        where = ", ".join(f"{copy.facts['name']} at {copy.path}:{copy.line}" for copy in others[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        return f"{name}: exact copies are {where}{more}; {wish}"
    nearest = doubles.nearest(site)
    if nearest is None:
        return f"{name}: no other double of this repository has a method in common with it"
    where = f"{nearest.site.facts['name']} at {nearest.site.path}:{nearest.site.line}"
    differs = f" ({nearest.difference})" if nearest.difference else ""
    return f"{name}: nearest is {where}, {nearest.share:.0%} of the methods of both in common{differs}"


def _described(site: Site) -> str:
    """The class's name, with the standard mock that it derives from."""
    standard = [base for base in site.facts.get("bases", "").split() if base.startswith(f"{STANDARD}.")]
    return f"{site.facts['name']} (a {standard[0].rpartition('.')[2]})" if standard else site.facts["name"]
