"""with_dialect_options(): what one dialect is told, the others do not hear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.dml.everywhere import created, person_table
from toolkit import Engine, delete, exc, func, insert, select, update
from toolkit.dialects import mysql, postgresql, sqlite

person = person_table("dml_told")


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    with created(backend, person) as engine:
        with engine.begin() as connection:
            rows = [{"mail": f"m{n}", "visits": 0} for n in range(3)]
            connection.execute(insert(person), rows)
        yield engine


@pytest.mark.parametrize("make", [update, delete])
def test_the_dialect_that_it_is_for_writes_it(make: Any) -> None:
    statement = make(person).with_dialect_options(mysql_limit=2)
    if make is update:
        statement = statement.values(visits=1)
    assert str(statement.compile(dialect=mysql.dialect())).endswith(" LIMIT 2")
    for other in (postgresql.dialect(), sqlite.dialect()):
        assert "LIMIT" not in str(statement.compile(dialect=other))


def test_an_option_that_the_dialect_does_not_know_is_named() -> None:
    statement = delete(person).with_dialect_options(mysql_limmit=2)
    with pytest.raises(exc.CompileError, match=r"(?s)limmit.*mysql_limit"):
        statement.compile(dialect=mysql.dialect())


def test_it_holds_where_it_is_for(engine: Engine) -> None:
    is_mysql = engine.dialect.name in {"mysql", "mariadb"}
    options = {f"{engine.dialect.name}_limit": 2} if is_mysql else {"mysql_limit": 2}
    with engine.begin() as connection:
        changed = connection.execute(
            update(person).values(visits=1).with_dialect_options(**options)
        )
        assert changed.rowcount == (2 if is_mysql else 3)
        counted = select(func.count()).where(person.c.visits == 1)
        assert connection.scalar(counted) == changed.rowcount
