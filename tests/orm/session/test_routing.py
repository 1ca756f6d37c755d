"""Which database a session's statements go to, and what is said of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.orm.session.family import Base, Cat, Child, Parent, Word
from toolkit import Engine, create_engine, event, exists, func, insert, select, text, union, update
from toolkit.exc import ArgumentError, UnboundExecutionError
from toolkit.orm import Session


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Engine]:
    yield from made(tmp_path / "one.db")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Engine]:
    yield from made(tmp_path / "other.db")


def made(path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def test_classes_go_where_they_are_bound(one: Engine, other: Engine) -> None:
    with Session(binds={Parent: one, Word: other}) as session:
        session.add_all([Parent(name="p"), Word(text="w")])
        session.commit()
        assert session.scalars(select(Word.text)).all() == ["w"]
    with Session(one) as session:
        assert session.scalars(select(Word)).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        select(Word),
        select(func.count()).select_from(Word),
        select(Word.__table__),
        select(select(Word).subquery()),
        select(exists().where(Word.id == 1)),
        union(select(Word.id), select(Word.id)),
        insert(Word),
        update(Word).values(text="x"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_statements_go_where_what_they_are_about_is_bound(
    statement: Any, one: Engine, other: Engine
) -> None:
    session = Session(one, binds={Word: other})
    assert session.get_bind(clause=statement) is other
    assert session.get_bind(clause=select(Parent)) is one


def test_what_is_bound_may_be_a_base_a_mapper_or_a_table(one: Engine, other: Engine) -> None:
    assert Session(binds={Base: one}).get_bind(Parent) is one
    assert Session(binds={Parent.__mapper__: one}).get_bind(Parent) is one
    assert Session(binds={Parent.__table__: one}).get_bind(Parent) is one
    session = Session(one)
    session.bind_mapper(Cat, other)
    session.bind_table(Child.__table__, other)
    assert [session.get_bind(each) for each in (Cat, Child, Parent)] == [other, other, one]
    with pytest.raises(ArgumentError, match="bind target"):
        Session(binds={3: one})


def test_what_nothing_is_bound_to_is_named() -> None:
    session = Session()
    with pytest.raises(UnboundExecutionError, match="Parent"):
        session.get_bind(Parent)
    with pytest.raises(UnboundExecutionError, match=r"Parent.*SQL expression"):
        session.execute(select(Parent))


def test_a_session_of_one_s_own_decides_with_class_statement_and_arguments(
    one: Engine, other: Engine
) -> None:
    asked: list[tuple[Any, ...]] = []

    class Routed(Session):
        def get_bind(self, mapper: Any = None, clause: Any = None, **kw: Any) -> Engine:
            name = mapper and mapper.class_.__name__
            asked.append((name, type(clause).__name__, self._flushing, *kw))
            return one if self._flushing else other

    with Routed() as session:
        session.scalars(select(Parent.name)).all()
        session.add(Word(text="w"))
        session.flush()
        session.execute(update(Word).values(text="x"), bind_arguments={"who": 1})
        assert asked == [
            ("Parent", "Select", False),
            ("Word", "NoneType", True),
            ("Word", "Update", False, "who"),
        ]
        session.commit()
    with Session(one) as found:
        assert found.scalars(select(Word.text)).all() == ["w"]


def test_a_bind_may_be_given_for_one_statement(one: Engine, other: Engine) -> None:
    with Session(one) as session:
        session.execute(insert(Word), [{"text": "w"}], bind_arguments={"bind": other})
        session.commit()
        here = session.scalars(select(Word.text), bind_arguments={"bind": other}).all()
        assert (here, session.scalars(select(Word.text)).all()) == (["w"], [])


def test_options_of_the_session_stand_behind_those_of_the_statement(one: Engine) -> None:
    heard: list[dict[str, Any]] = []

    @event.listens_for(one, "before_execute")
    def note(conn: Any, clause: Any, sets: Any, params: Any, options: Any) -> None:
        heard.append({**conn.get_execution_options(), **options})

    with Session(one, execution_options={"a": 1, "b": 1, "c": 1}) as session:
        statement = text("select 1").execution_options(b=2, c=2)
        session.execute(statement, execution_options={"c": 3})
        assert [heard[0][name] for name in "abc"] == [1, 2, 3]
        session.add(Parent(name="p"))
        session.flush()
        assert heard[-1]["a"] == 1


def test_options_of_the_session_say_how_objects_are_loaded(one: Engine) -> None:
    with Session(one, execution_options={"populate_existing": True}) as session:
        parent = Parent(name="p")
        session.add(parent)
        session.commit()
        _ = parent.name
        session.execute(text("update of_parent set name = 'outside'"))
        session.scalars(select(Parent)).all()
        assert parent.name == "outside"
