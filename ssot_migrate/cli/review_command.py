"""``ssot-migrate review``: read a plan by clusters, and decide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from ssot_migrate.cli.options import request_options
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import to_request
from ssot_migrate.decisions.file import load

if TYPE_CHECKING:
    from ssot_migrate.review.adoption import Points
    from ssot_migrate.review.data import Material
    from ssot_migrate.review.file import DecisionsFile
    from ssot_migrate.workflow import Request

_FILE = "ssot-decisions.txt"


@click.command("review")
@request_options
@click.option("--html", type=click.Path(dir_okay=False), metavar="FILE", help="Write the page to FILE.")
@click.option(
    "--trend",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Show adoption over time, from `trend --format json`.",
)
@click.option("--terminal", is_flag=True, help="Review here, change by change, instead of in a browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="[default: a free one]",
)
@click.option("--open/--no-open", "opened", default=True, help="Open a browser [default: yes].")
def command(
    html: str | None,
    trend: str | None,
    terminal: bool,
    port: int,
    opened: bool,
    **options: Any,  # noqa: ANN401 - click's
) -> None:
    """Serve a page of all changes, clustered by shape; accept and reject them there, or in the terminal.

    The page is served on loopback only, under a token, and writes the decisions file itself:
    --decisions FILE, or ssot-decisions.txt. `apply --decisions FILE` obeys it.
    """
    file = Path(options["decisions"] or Path(options["path"]) / _FILE)
    request = to_request(**{**options, "decisions": None})
    if file.exists():
        request = msgspec.structs.replace(request, decisions=load(file))
    from ssot_migrate.review.adoption import read_adoption
    from ssot_migrate.review.file import DecisionsFile

    points = read_adoption(Path(trend)) if trend else ()
    material = _material(request)
    if html:
        _write(Path(html), _page(material, request, points))
        return
    decisions = DecisionsFile(file, {finding.fingerprint: finding for finding in material.plan.findings})
    if terminal:
        from ssot_migrate.cli.review_terminal import review_in_terminal

        review_in_terminal(material, decisions)
        return
    _serve(lambda token: _page(material, request, points, token), decisions, port, opened)


def _material(request: Request) -> Material:
    from ssot_migrate.plans.clusters import clusters
    from ssot_migrate.reports.lined import BaseTexts
    from ssot_migrate.review.data import Material
    from ssot_migrate.workflow import base_texts, make_plan

    with Steps() as steps:
        plan = make_plan(request, steps)
        proposals = make_plan(msgspec.structs.replace(request, include_review=True, decisions=()), steps)
    texts = base_texts(proposals.base, request.path)({file.path for file in proposals.files if file.before})
    read = texts.__getitem__
    return Material(plan, proposals, clusters(proposals, read), BaseTexts(read))


def _page(material: Material, request: Request, trend: Points, token: str = "") -> str:
    from ssot_migrate.review.page import render
    from ssot_migrate.workflow.pages import rule_pages

    title = Path(request.path).resolve().name
    pages = rule_pages(request.path, request.trust)
    return render(material, pages, title=title, token=token, trend=trend)


def _write(path: Path, page: str) -> None:
    from ssot_migrate.atomic import write_atomically
    from ssot_migrate.errors import UsageError

    try:
        write_atomically(path, page.encode())
    except OSError as error:
        raise UsageError(f"cannot write the page: {error}", hint="name a folder of yours") from error
    click.echo(f"wrote {path}")


def _serve(page: Callable[[str], str], file: DecisionsFile, port: int, opened: bool) -> None:
    from ssot_migrate.review.server import serve

    server, url = serve(page, file, port)
    click.echo(f"review: {url}")
    click.echo(f"decisions go to {file.path}; Ctrl-C ends, then `ssot-migrate apply --decisions {file.path}`")
    if opened:
        click.launch(url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("review ended; every decision is in the file")
    finally:
        server.server_close()
