"""Test classes on ``unittest``'s own cases, onto the base cases that all tests share.

## Why
Every team grows its own test base, and what they share (the environment put back after a
test, metrics, clean-up in one order) is written again in each, a little differently. One
base, itself a thin ``unittest.TestCase``, lets the next improvement reach every test.

## What changes
In the header of a class only the expression that means ``unittest.TestCase`` or
``unittest.IsolatedAsyncioTestCase`` is replaced, under whatever name it was imported; other
bases, keywords, comments and layout stay, and an import of ``unittest`` that is no longer
used goes. A base that other classes derive from keeps its definition, so everything below
it is migrated with it. A base whose definition is provably a copy of another one of the
same service, or that adds nothing to the shared base, becomes a deprecated alias, so that
code not yet migrated goes on working. Classes that derive from it go on to what it stands for,
in whatever file, unless some file does more with the base than derive from it.

A change is safe where all that derives from the class, in whatever file, keeps its tests,
their ids and the order in which methods are found. It is for review where a class defines a
name that the shared base defines too, looks attributes up by itself, is nested or conditional,
or stands in a file of which it is not certain that it can import the base.

## Left alone
Test cases of other frameworks and classes that mix them in; plain pytest classes, whose
fixtures a ``unittest`` base would break; classes made inside functions or by ``type()``;
``FunctionTestCase``; bases that are computed or may be one of several things. A class with an
``async def`` test on the plain ``TestCase`` is named as what it is: a test that never ran.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Role, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform
from ssot_migrate.transforms.legacy_base_class import bodies, headers, heirs, values
from ssot_migrate.transforms.legacy_base_class.verdict import decide

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT101",
    slug="legacy-base-class",
    summary="a test class on unittest's own base",
    words=("TestCase", "IsolatedAsyncioTestCase", "FunctionTestCase"),
    roles=(Role.BASE_CASE, Role.ASYNC_BASE_CASE, Role.PYTEST_BASE_CASE),
    classes=True,
    class_names=r"\w+TestCase",
    sparse=bodies.read_whole,
    heads=True,
    own=("line", "whole"),
)


@transform.detect(ast.ClassDef)
def classes(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Class statements whose bases may lead to a test case."""
    assert isinstance(node, ast.ClassDef)
    return headers.header(transform, node, doc)


@transform.detect(ast.Call, ast.Attribute, ast.Name)
def uses(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Classes made by a call, and test cases made of functions."""
    assert isinstance(node, ast.Call | ast.Attribute | ast.Name)
    return values.value(transform, node, doc)


@transform.asks
def asks(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Whether files that import the module of a base name the base."""
    return heirs.questions(site, repo)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return decide(site, repo)
