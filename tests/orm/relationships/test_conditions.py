"""Join conditions that foreign keys alone do not give."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import String, func, select
from toolkit.exc import ArgumentError, InvalidRequestError, NoForeignKeysError, SAWarning
from toolkit.orm import (
    MANYTOONE,
    ONETOMANY,
    Mapped,
    aliased,
    foreign,
    joinedload,
    lazyload,
    mapped_column,
    relationship,
    remote,
    selectinload,
    subqueryload,
)
from toolkit.orm.exc import LoaderStrategyException, UnmappedClassError
from toolkit.schema import Column, ForeignKey, ForeignKeyConstraint
from toolkit.sql import join

EVERY_STRATEGY = pytest.mark.parametrize(
    "strategy", [lazyload, joinedload, selectinload, subqueryload]
)


def seen(session: Any, cls: Any, key: str, strategy: Any) -> list[Any]:
    """Return what is related to each, by their keys."""
    session.expunge_all()
    attribute = getattr(cls, key)
    ordered = cls.__mapper__.primary_key
    rows = session.scalars(select(cls).options(strategy(attribute)).order_by(*ordered)).unique()
    found = []
    for one in rows.all():
        related = getattr(one, key)
        many = related if isinstance(related, list) else [related] if related else []
        found.append([other.__mapper__.primary_key_from_instance(other) for other in many])
    return [[key[0] if len(key) == 1 else tuple(key) for key in keys] for keys in found]


@EVERY_STRATEGY
def test_a_tree_with_a_long_key_shares_a_column_with_its_parent(
    base: Any, opened: Any, strategy: Any
) -> None:
    class Folder(base):
        __tablename__ = "folder"
        __table_args__ = (
            ForeignKeyConstraint(["account", "above"], ["folder.account", "folder.number"]),
        )
        account: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
        number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
        above: Mapped[int | None]
        parent: Mapped[Any] = relationship(
            "Folder", back_populates="children", remote_side=[account, number]
        )
        children: Mapped[list[Any]] = relationship("Folder", back_populates="parent")

    session = opened()
    root = Folder(account=1, number=1)
    root.children = [Folder(number=2), Folder(number=3)]
    session.add_all([root, Folder(account=2, number=1)])
    session.commit()
    relationships = Folder.__mapper__.relationships
    parent, children = relationships.parent, relationships.children
    assert (parent.direction, children.direction) == (MANYTOONE, ONETOMANY)
    columns = Folder.__table__.c
    assert children.synchronize_pairs == [
        (columns.account, columns.account),
        (columns.number, columns.above),
    ]
    assert seen(session, Folder, "children", strategy) == [[(1, 2), (1, 3)], [], [], []]
    assert seen(session, Folder, "parent", strategy) == [[], [(1, 1)], [(1, 1)], []]


@EVERY_STRATEGY
def test_a_path_is_an_ancestor_of_what_begins_with_it(
    base: Any, opened: Any, strategy: Any
) -> None:
    class Element(base):
        __tablename__ = "element"
        path: Mapped[str] = mapped_column(primary_key=True)

    Element.below = relationship(
        Element,
        primaryjoin=remote(foreign(Element.path)).like(Element.path.concat("/%")),
        viewonly=True,
        order_by=Element.path,
    )
    session = opened()
    session.add_all([Element(path=path) for path in ("/a", "/a/b", "/a/b/c", "/d")])
    session.commit()
    found = seen(session, Element, "below", strategy)
    assert found == [["/a/b", "/a/b/c"], ["/a/b/c"], [], []]


@EVERY_STRATEGY
def test_an_operator_or_a_function_of_ones_own_may_compare(
    base: Any, opened: Any, strategy: Any
) -> None:
    class Shape(base):
        __tablename__ = "shape"
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str]

    class Point(base):
        __tablename__ = "point"
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str]

    Shape.by_function = relationship(
        Point,
        primaryjoin=func.instr(Shape.text, foreign(Point.text)).as_comparison(1, 2),
        viewonly=True,
        order_by=Point.id,
    )
    Shape.by_operator = relationship(
        Point,
        primaryjoin=Shape.text.op("LIKE", is_comparison=True)("%" + foreign(Point.text) + "%"),
        viewonly=True,
        order_by=Point.id,
    )
    session = opened()
    session.add_all([Shape(id=1, text="abc"), Shape(id=2, text="xyz")])
    session.add_all([Point(id=1, text="a"), Point(id=2, text="bc"), Point(id=3, text="z")])
    session.commit()
    assert seen(session, Shape, "by_function", strategy) == [[1, 2], [3]]
    assert seen(session, Shape, "by_operator", strategy) == [[1, 2], [3]]


@EVERY_STRATEGY
def test_a_join_may_be_the_table_between(base: Any, opened: Any, strategy: Any) -> None:
    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        b_id: Mapped[int | None] = mapped_column(ForeignKey("b.id"))

    class B(base):
        __tablename__ = "b"
        id: Mapped[int] = mapped_column(primary_key=True)
        d_id: Mapped[int | None] = mapped_column(ForeignKey("d.id"))

    class C(base):
        __tablename__ = "c"
        id: Mapped[int] = mapped_column(primary_key=True)
        a_id: Mapped[int | None] = mapped_column(ForeignKey("a.id"))
        d_id: Mapped[int | None] = mapped_column(ForeignKey("d.id"))

    class D(base):
        __tablename__ = "d"
        id: Mapped[int] = mapped_column(primary_key=True)

    b, c, d = B.__table__, C.__table__, D.__table__
    A.d = relationship(
        D,
        secondary=join(b, d, d.c.id == b.c.d_id).join(c, c.c.d_id == d.c.id),
        primaryjoin=lambda: (A.b_id == b.c.id) & (A.id == c.c.a_id),
        secondaryjoin=lambda: D.id == b.c.d_id,
        uselist=False,
        viewonly=True,
    )
    session = opened()
    session.add_all([D(id=1), D(id=2)])
    session.flush()
    session.add(B(id=1, d_id=1))
    session.flush()
    session.add_all([A(id=1, b_id=1), A(id=2)])
    session.flush()
    session.add(C(id=1, a_id=1, d_id=1))
    session.commit()
    assert seen(session, A, "d", strategy) == [[1], []]


@EVERY_STRATEGY
def test_an_alias_of_a_query_may_be_the_target(base: Any, opened: Any, strategy: Any) -> None:
    class Log(base):
        __tablename__ = "log"
        id: Mapped[int] = mapped_column(primary_key=True)
        job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))

    class Job(base):
        __tablename__ = "job"
        id: Mapped[int] = mapped_column(primary_key=True)

    number = func.row_number().over(order_by=Log.id.desc(), partition_by=Log.job_id)
    ranked = select(Log, number.label("number")).subquery()
    latest = aliased(Log, ranked)
    Job.latest = relationship(
        latest,
        primaryjoin=(Job.id == foreign(latest.job_id)) & (ranked.c.number <= 2),
        viewonly=True,
        order_by=latest.id,
    )
    session = opened()
    session.add_all([Job(id=1), Job(id=2)])
    session.flush()
    session.add_all([Log(id=n, job_id=n % 2 + 1) for n in range(1, 8)])
    session.commit()
    assert seen(session, Job, "latest", strategy) == [[4, 6], [5, 7]]


def pair(base: Any, *, key: bool = True, **options: Any) -> Any:
    class Child(base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None] = mapped_column(String(10))
        parent_id: Any = Column("parent_id", *([ForeignKey("parent.id")] if key else []))

    class Parent(base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children = relationship("Child", **options)

    base.registry.configure()
    return Parent, Child


REFUSED: dict[str, tuple[dict[str, Any], Any, str]] = {
    "no foreign key": (
        {"key": False},
        NoForeignKeysError,
        r"Parent\.children.*ForeignKey\('par",
    ),
    "foreign_keys that are none": (
        {"foreign_keys": "Child.name"},
        NoForeignKeysError,
        "no foreign keys",
    ),
    "a value for a condition": (
        {"primaryjoin": lambda: 1},
        ArgumentError,
        "argument 'primaryjoin'; got 1",
    ),
    "text for a column": (
        {"foreign_keys": ["parent_id"]},
        ArgumentError,
        "argument 'foreign_keys'",
    ),
    "no such attribute": (
        {"order_by": "Child.nam"},
        AttributeError,
        "named 'nam'.*did you mean 'name'",
    ),
    "no such attribute again": ({"order_by": "Child.nam"}, InvalidRequestError, "'nam'"),
    "no table": ({"secondary": 5}, ArgumentError, "FROM expression, such as a Table"),
    "secondaryjoin alone": (
        {"secondaryjoin": "Parent.id == Child.parent_id"},
        ArgumentError,
        "no secondary argument",
    ),
    "not only equal": (
        {"key": False, "primaryjoin": "Parent.id > foreign(Child.parent_id)"},
        ArgumentError,
        "simple equality.*viewonly=True",
    ),
    "all, though deleting": (
        {"passive_deletes": "all", "cascade": "all"},
        ArgumentError,
        r"On Parent\.children, can't set passive_deletes='all'",
    ),
    "a misspelt cascade": ({"cascade": "save-updat"}, ArgumentError, "'save-updat'.*save-update"),
    "a misspelt strategy": ({"lazy": "joind"}, LoaderStrategyException, "did you mean 'joined'"),
    "cascade_backrefs": ({"cascade_backrefs": True}, ArgumentError, "may only be set to False"),
    "comparator_factory": (
        {"comparator_factory": object},
        ArgumentError,
        "subclass of Relationship",
    ),
    "query_class": ({"query_class": "Query"}, ArgumentError, "takes a subclass of Query"),
    "a setting that is none": ({"omit_join": "yes"}, ArgumentError, "omit_join.*True, False or"),
    "two names": ({"backref": "a", "back_populates": "a"}, ArgumentError, "mutually exclusive"),
    "a name of no relationship": (
        {"back_populates": "name"},
        InvalidRequestError,
        "refers to attribute 'Child.name' that is not a relationship",
    ),
    "no such name": (
        {"back_populates": "nme"},
        InvalidRequestError,
        "no property 'nme'.*Child.name",
    ),
    "a dataclass argument": ({"init": False}, ArgumentError, "includes dataclasses argument"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_with_attribute_and_cure(base: Any, case: str) -> None:
    options, kind, text = REFUSED[case]
    with pytest.raises(kind, match=f"(?s){text}"):
        pair(base, **options)


def test_a_target_that_is_not_mapped_is_refused(base: Any) -> None:
    class Parent(base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children = relationship(int)

    with pytest.raises(UnmappedClassError, match=r"'builtins\.int' is not mapped"):
        base.registry.configure()


WARNED: dict[str, tuple[dict[str, Any], str]] = {
    "passive_deletes": ({"viewonly": True, "passive_deletes": True}, "passive_deletes.*viewonly"),
    "passive_updates": ({"viewonly": True, "passive_updates": False}, "passive_updates.*viewonly"),
    "active_history": ({"viewonly": True, "active_history": True}, "active_history.*viewonly"),
    "typechecks": ({"viewonly": True, "enable_typechecks": False}, "enable_typechecks.*viewonly"),
    "omit_join": ({"omit_join": True}, "omit_join to True is not supported"),
    "the wrong remote_side": ({"remote_side": "Parent.id"}, "parent.id is marked as 'remote'"),
}


@pytest.mark.parametrize("case", WARNED)
def test_what_means_nothing_is_warned_of(base: Any, case: str) -> None:
    options, text = WARNED[case]
    with pytest.warns(SAWarning, match=text):
        pair(base, **options)


def test_load_on_pending_loads_what_a_new_objects_key_refers_to(base: Any, opened: Any) -> None:
    class Parent(base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Child(base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int] = mapped_column(ForeignKey(Parent.id))
        parent: Mapped[Parent] = relationship(load_on_pending=True)
        other: Mapped[Parent] = relationship(viewonly=True)

    session = opened()
    session.add(Parent(id=1))
    session.commit()
    with session.no_autoflush:
        new: Any = Child(parent_id=1)
        assert [new.parent] == [None]
        session.add(new)
        assert (new.parent.id, new.other) == (1, None)
