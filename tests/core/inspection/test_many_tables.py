"""The Inspector's questions about many tables say of each what is said of it alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from toolkit import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    inspect,
)
from toolkit_core.inspection.inspector import Inspector

METADATA = MetaData()
Table(
    "many_parent",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", String(20), unique=True),
)
Table(
    "many_child",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("parent_id", Integer, ForeignKey("many_parent.id", name="fk_many")),
    CheckConstraint("parent_id > 0", name="ck_many"),
    Index("ix_many", "parent_id"),
)
NAMES = {"many_parent", "many_child"}
QUESTIONS = (
    "columns",
    "pk_constraint",
    "foreign_keys",
    "unique_constraints",
    "check_constraints",
    "indexes",
    "table_options",
    "table_comment",
)


@pytest.fixture
def inspector(backend: Backend) -> Iterator[Inspector]:
    with fresh_engine(backend) as engine, engine.connect() as connection:
        METADATA.create_all(connection)
        connection.commit()
        yield inspect(connection)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_is_told_as_if_it_were_asked_for_alone(question: str, inspector: Inspector) -> None:
    if question == "table_comment" and inspector.dialect.name == "sqlite":
        pytest.skip("SQLite has no comments")
    found: dict[Any, Any] = getattr(inspector, f"get_multi_{question}")()
    assert {name for _, name in found} >= NAMES
    alone = inspect(inspector.bind)
    for name in NAMES:
        assert shown(found[None, name]) == shown(getattr(alone, f"get_{question}")(name))


def test_only_those_that_are_named_are_told(inspector: Inspector) -> None:
    found = inspector.get_multi_foreign_keys(filter_names=["many_child"])
    assert [name for _, name in found] == ["many_child"]
    (key,) = found[None, "many_child"]
    assert (key["referred_table"], key["constrained_columns"]) == ("many_parent", ["parent_id"])
    assert inspector.get_multi_columns(filter_names=["nowhere"]) == {}


def shown(told: Any) -> str:
    """What is told, with types as text: each question makes new ones."""
    return repr(told)
