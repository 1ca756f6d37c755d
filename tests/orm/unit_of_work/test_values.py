"""Where the values of a row come from, and what an object knows of them afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.unit_of_work.works import Eager, Made, Tag
from toolkit import JSON, func, inspect, null, select, text
from toolkit.orm import Session

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9", "mariadb-11.8")


def known(one: Any, *names: str) -> dict[str, Any]:
    return {name: one.__dict__[name] for name in names if name in one.__dict__}


def row(session: Session, cls: Any, *names: str) -> tuple[Any, ...]:
    columns = [cls.__table__.c[name] for name in names]
    return tuple(session.execute(select(*columns).order_by(cls.__table__.c.id)).first() or ())


def test_defaults_of_all_kinds_are_there_after_a_flush(session: Session) -> None:
    made = Made(x=1)
    session.add(made)
    session.flush()
    assert (made.plain, made.called, made.sql, made.server) == (3, 4, 5, 6)
    assert (made.counted, made.computed) == (None, None)


@pytest.mark.backend("sqlite", "postgresql-18", "mariadb-11.8")
def test_defaults_of_the_database_come_with_the_insert_where_it_can_return_them(
    session: Session, sent: list[str]
) -> None:
    made = [Made(x=1), Made(x=2)]
    session.add_all(made)
    session.flush()
    assert [known(one, "sql", "server") for one in made] == [{"sql": 5, "server": 6}] * 2
    assert len(sent) == 1


def test_eager_defaults_are_there_on_every_database(session: Session) -> None:
    one = Eager(x=1)
    session.add(one)
    session.flush()
    assert known(one, "id", "x", "sql", "server") == {"id": one.id, "x": 1, "sql": 5, "server": 6}
    one.x = 2
    session.flush()
    assert known(one, "x", "computed") == {"x": 2, "computed": 8}


def test_what_python_sets_on_update_is_known_without_a_query(
    session: Session, sent: list[str]
) -> None:
    made = [Made(x=number) for number in range(3)]
    session.add_all(made)
    session.flush()
    for one in made:
        one.x = 9
    session.flush()
    assert [known(one, "counted") for one in made] == [{"counted": 7}] * 3
    sent.clear()
    assert made[0].computed == 8
    assert len(sent) == 1


def test_none_is_left_to_a_default_and_null_is_not(session: Session) -> None:
    session.add(Made(plain=None, server=None))
    session.flush()
    assert row(session, Made, "plain", "server") == (3, 6)
    session.rollback()
    session.add(Made(plain=null(), server=null()))
    session.flush()
    assert row(session, Made, "plain", "server") == (None, None)


def test_none_after_the_insert_is_null(session: Session) -> None:
    made = Made()
    session.add(made)
    session.flush()
    made.plain = None
    session.flush()
    assert row(session, Made, "plain") == (None,)


@pytest.mark.parametrize(
    ("value", "in_document", "in_nulled"),
    [(None, False, True), (null(), True, True), (JSON.NULL, False, False)],
    ids=["None", "null()", "JSON.NULL"],
)
def test_json_null_and_sql_null_are_told_apart(
    session: Session, value: Any, in_document: bool, in_nulled: bool
) -> None:
    made = Made(document=value, nulled=value)
    session.add(made)
    session.flush()
    columns = Made.__table__.c
    found = session.execute(select(columns.document.is_(null()), columns.nulled.is_(null()))).one()
    assert tuple(map(bool, found)) == (in_document, in_nulled)
    session.expire(made)
    assert made.document is None


def test_a_json_column_without_a_value_is_sql_null(session: Session) -> None:
    session.add(Made())
    session.flush()
    columns = Made.__table__.c
    assert session.scalar(select(columns.document.is_(null())))


def test_sql_is_a_value_of_an_insert_and_an_update(session: Session) -> None:
    made = Made(x=func.abs(-11))
    session.add(made)
    session.flush()
    assert made.x == 11
    made.x = Made.x + 1
    session.flush()
    assert made.x == 12
    made.x = select(func.count()).select_from(Tag).scalar_subquery()
    session.commit()
    assert made.x == 0


def test_sql_in_one_of_many_objects_leaves_the_others_together(
    session: Session, sent: list[str]
) -> None:
    made = [Made(x=number) for number in range(6)]
    session.add_all(made)
    session.flush()
    for one in made:
        one.x = 20
    made[3].x = Made.x + 20
    sent.clear()
    session.flush()
    assert len(sent) == 3
    assert [one.x for one in made] == [20, 20, 20, 23, 20, 20]


def test_many_objects_of_one_shape_are_one_statement(session: Session, sent: list[str]) -> None:
    tags = [Tag(id=number, name=f"t{number}") for number in range(1, 200)]
    session.add_all(tags)
    session.flush()
    assert len(sent) == 1
    for tag in tags:
        tag.name = "new"
    session.flush()
    assert len(sent) == 2
    for tag in tags:
        session.delete(tag)
    sent.clear()
    session.flush()
    assert sum(one.startswith("DELETE FROM uow_tag") for one in sent) == 1
    assert session.scalar(text("select count(*) from uow_tag")) == 0


def test_shapes_may_change_from_object_to_object(session: Session) -> None:
    session.add_all(
        [
            Made(x=1, plain=1),
            Made(x=2),
            Made(plain=None, server=9),
            Made(id=77),
            Made(document={"a": [1]}),
            Made(x=None, document=[]),
        ]
    )
    session.commit()
    found = session.scalars(select(Made).order_by(Made.id)).all()
    told = sorted(((one.x, one.plain, one.server, one.document) for one in found), key=repr)
    assert told == sorted(
        [
            (1, 1, 6, None),
            (2, 3, 6, None),
            (None, 3, 9, None),
            (None, 3, 6, None),
            (None, 3, 6, {"a": [1]}),
            (None, 3, 6, []),
        ],
        key=repr,
    )
    assert 77 in [one.id for one in found]


def test_what_was_not_given_is_not_loaded_either(session: Session, sent: list[str]) -> None:
    tag = Tag()
    session.add(tag)
    session.flush()
    sent.clear()
    assert "name" in inspect(tag).unloaded
    assert tag.name is None
    assert sent == []


def test_what_is_pending_is_written_before_an_expired_attribute_is_read(session: Session) -> None:
    tag = Tag(name="a")
    session.add(tag)
    session.commit()
    other = Tag(name="b")
    session.add(other)
    assert tag.name == "a"
    assert inspect(other).persistent
    session.expire(tag)
    third = Tag(name="c")
    session.add(third)
    with session.no_autoflush:
        assert tag.name == "a"
    assert inspect(third).pending
