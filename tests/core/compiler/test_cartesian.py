"""Sources that nothing links are told, in the documented words; linked ones are not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.golden.select_namespace import namespace, user
from toolkit_core.expression.select import select


def warned(source: str) -> list[str]:
    names = {**namespace(), "select": select, "x": user.alias("x")}
    found: list[str] = eval(source, names).compile().writer.warnings
    return found


def told(apart: str, first: str) -> str:
    return (
        f"SELECT statement has a cartesian product between FROM element(s) {apart} and FROM "
        f'element "{first}".  Apply join condition(s) between each element to resolve.'
    )


UNLINKED: list[tuple[str, Any]] = [
    ("select(user, addr)", ('"addresses"', "users")),
    ("select(user, addr, nd)", ('"addresses", "node"', "users")),
    ("select(user, addr, nd).where(user.c.id == addr.c.user_id)", ('"node"', "users")),
    ("select(user, addr).where(user.c.id == 5)", ('"addresses"', "users")),
    ("select(user).where(exists(select(addr.c.id, nd.c.id)))", ('"node"', "addresses")),
    ("select(select(user.c.id, addr.c.email).subquery())", ('"addresses"', "users")),
    ("select(user, addr).where(user.c.id + addr.c.id == 5)", ('"addresses"', "users")),
    ("select(user.c.id, nd.c.id).join(addr)", ('"node"', "users")),
    ("select(user.c.id, x.c.id)", ('"x"', "users")),
    ("select(c1.c.id, user.c.id)", ('"users"', "c1")),
    ("select(user, addr).where(user.c.id.in_(select(addr.c.id)))", ('"addresses"', "users")),
]
LINKED = [
    "select(user)",
    "select(user, addr).where(user.c.id == addr.c.user_id)",
    "select(user, addr, nd).where(user.c.id == addr.c.user_id, nd.c.id > user.c.id)",
    "select(user, addr).where(or_(user.c.id == addr.c.id, user.c.id == 3))",
    "select(user, addr).where(~(user.c.id == addr.c.id))",
    "select(user.c.id, addr.c.id).where(user.c.name.like(addr.c.email))",
    "select(user.c.id, addr.c.id).where(user.c.id.between(addr.c.id, 3))",
    "select(user.c.id).join(addr, true())",
    "select(user).where(exists(select(addr.c.id)))",
]


@pytest.mark.parametrize(("source", "names"), UNLINKED)
def test_sources_that_nothing_links_are_told(source: str, names: tuple[str, str]) -> None:
    assert warned(source) == [told(*names)]


@pytest.mark.parametrize("source", LINKED)
def test_sources_that_something_links_are_not(source: str) -> None:
    assert warned(source) == []
