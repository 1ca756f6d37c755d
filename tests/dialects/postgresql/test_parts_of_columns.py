"""What is inside of a column is set by itself: items of arrays, keys of JSONB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from toolkit import JSON, Column, Engine, Integer, MetaData, String, Table, exc, update
from toolkit.dialects import mysql, postgresql, sqlite
from toolkit.dialects.postgresql import ARRAY, HSTORE, JSONB
from toolkit.orm import Session, registry

metadata = MetaData()
things = Table(
    "parts_of_columns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("data", JSONB),
    Column("numbers", ARRAY(Integer)),
    Column("name", String(9)),
    Column("plain", JSON),
)
labels = Table("labels", MetaData(), Column("id", Integer), Column("words", HSTORE))


class Thing:
    id: Any
    data: Any
    numbers: Any


registry().map_imperatively(Thing, things)


def written(statement: Any) -> str:
    return " ".join(str(statement.compile(dialect=postgresql.dialect())).split())


def test_keys_and_items_are_written_as_places() -> None:
    data, numbers = things.c.data, things.c.numbers
    assert written(update(things).values({data["a"]["b"]: 5, "name": "x"})) == (
        "UPDATE parts_of_columns SET name=%(name)s, "
        "data[%(data_1)s][%(param_1)s]=%(param_2)s::JSONB"
    )
    assert written(update(things).values({numbers[5]: 7, numbers[2:7]: [1, 2]})) == (
        "UPDATE parts_of_columns SET numbers[%(numbers_1)s]=%(param_1)s, "
        "numbers[%(numbers_2)s:%(numbers_3)s]=%(param_2)s::INTEGER[]"
    )
    assert written(update(labels).values({labels.c.words["a"]: "b"})) == (
        "UPDATE labels SET words[%(words_1)s]=%(param_1)s"
    )


def test_what_is_no_place_is_refused() -> None:
    with pytest.raises(exc.CompileError, match="Nothing inside of 'plain' can be set by itself"):
        written(update(things).values({things.c.plain["a"]: 5}))
    with pytest.raises(exc.CompileError, match="A path of several steps"):
        written(update(things).values({things.c.data[("a", "b")]: 5}))
    for dialect in (sqlite.dialect(), mysql.dialect()):
        with pytest.raises(exc.UnsupportedCompilationError, match="sets whole columns only"):
            update(things).values({things.c.plain["a"]: 5}).compile(dialect=dialect)


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    with fresh_engine(backend) as engine:
        metadata.create_all(engine)
        with engine.begin() as connection:
            row = {"id": 1, "data": {"a": 1}, "numbers": [1, 2, 3]}
            connection.execute(things.insert(), row)
        yield engine


@pytest.mark.backend("postgresql")
def test_only_the_part_is_changed(engine: Engine) -> None:
    data, numbers = things.c.data, things.c.numbers
    with engine.begin() as connection:
        statement = update(things).values({data["b"]: {"c": [1]}, numbers[2]: 9, "name": "x"})
        found = connection.execute(statement.returning(data, numbers, things.c.name)).one()
        assert found == ({"a": 1, "b": {"c": [1]}}, [1, 9, 3], "x")
        again = update(things).values({data["b"]["c"]: data["a"], numbers[2:3]: [7, 8]})
        assert connection.execute(again.returning(data, numbers)).one() == (
            {"a": 1, "b": {"c": 1}},
            [1, 7, 8],
        )


@pytest.mark.backend("postgresql")
@pytest.mark.parametrize("way", ["auto", "evaluate", "fetch"])
def test_objects_have_the_changed_whole(engine: Engine, way: str) -> None:
    with Session(engine) as session:
        thing = session.get(Thing, 1)
        assert thing is not None
        assert thing.data == {"a": 1}
        session.execute(
            update(Thing).where(Thing.id == 1).values({Thing.data["b"]: 2, Thing.numbers[1]: 0}),
            execution_options={"synchronize_session": way},
        )
        assert (thing.data, thing.numbers) == ({"a": 1, "b": 2}, [0, 2, 3])
