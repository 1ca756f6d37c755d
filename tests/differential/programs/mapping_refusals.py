"""Mappings that cannot be: what each is refused with, or warned of."""

import contextlib
import warnings
from typing import List

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    class_mapper,
    clear_mappers,
    configure_mappers,
    mapped_column,
    object_mapper,
    registry,
    relationship,
)

# What is looked up by name must be there.
HELD = []


def new_base():
    return type("Base", (DeclarativeBase,), {"__module__": __name__})


def declared(name="A", base=None, without=(), **members):
    base = base or new_base()
    namespace = {
        "__tablename__": name.lower(),
        "__module__": __name__,
        "id": mapped_column(Integer, primary_key=True),
        **members,
    }
    for word in without:
        del namespace[word]
    return type(base)(name, (base,), namespace)


def annotated(annotation, base=None, **members):
    base = base or new_base()
    annotations = {"id": Mapped[int], "x": annotation}
    return declared("A", base, __annotations__=annotations, **members)


def outcome(function):
    """The name of the error, or that there was none; and the names of warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            function()
        except Exception as error:  # noqa: BLE001 - whichever it is, is the answer
            found = type(error).__name__
        else:
            found = "nothing"
    return [found, [one.category.__name__ for one in caught]]


def plain():
    return type("Plain", (), {})


def table(*columns):
    return Table("t", MetaData(), *columns)


def twice_named():
    base = new_base()
    HELD.extend([declared("D", base), declared("D", base, __tablename__="other")])
    declared("R", base, d_id=mapped_column(ForeignKey("d.id")), d=relationship("D"))
    configure_mappers()


def same_table():
    base = new_base()
    declared("D", base)
    declared("E", base, __tablename__="d")


def same_column():
    column = Column("x", Integer)
    declared(a=column, b=column)


def no_target():
    declared("P", child=relationship("Child"))()


def no_target_twice():
    # Held: a class that the garbage collector has taken meanwhile is not refused again.
    held = declared("P", child=relationship("Child"))
    # It is the second time that counts.
    with contextlib.suppress(InvalidRequestError):
        configure_mappers()
    configure_mappers()
    del held


def mapped_twice():
    mappings = registry()
    cls = plain()
    one = Table("t", mappings.metadata, Column("id", Integer, primary_key=True))
    mappings.map_imperatively(cls, one)
    mappings.map_imperatively(cls, one)


def below(parent_members=(), name="Below", **members):
    parent = declared("A", **dict(parent_members))
    return type(parent)(name, (parent,), {"__module__": __name__, **members})


def taken_away():
    cls = declared()
    del cls.id


def data_base():
    return type("DataBase", (MappedAsDataclass, DeclarativeBase), {})


def data(annotations, **members):
    return declared("D", data_base(), without=("id",), __annotations__=annotations, **members)


def own_mixin():
    mixin = type("Mixin", (), {"__annotations__": {"x": Mapped[str]}})
    base = data_base()
    type(base)(
        "D",
        (mixin, base),
        {
            "__tablename__": "d",
            "__annotations__": {"id": Mapped[int]},
            "id": mapped_column(primary_key=True, init=False),
        },
    )


def disposed():
    one, other = new_base(), new_base()
    a = declared("A", one)
    declared("C", other, x=mapped_column(ForeignKey(a.id)), r=relationship(a))
    configure_mappers()
    one.registry.dispose()


CASES = {
    "misspelt keyword": lambda: declared()(emial=1),
    "argument by position": lambda: declared()(1),
    "no attribute of the class": lambda: declared().nope,
    "no attribute of the object": lambda: declared()().nope,
    "no primary key": lambda: declared(id=mapped_column(Integer)),
    "no table": lambda: declared(without=("__tablename__",)),
    "no columns": lambda: declared(without=("id",)),
    "metadata": lambda: declared(metadata=mapped_column(Integer)),
    "registry": lambda: declared(registry=Column(Integer)),
    "two classes of a name": twice_named,
    "two classes of a table": same_table,
    "one column twice": same_column,
    "no target": no_target,
    "no target, again": no_target_twice,
    "annotation without Mapped": lambda: annotated(str),
    "column annotated without Mapped": lambda: annotated(int, x=mapped_column(Integer)),
    "unknown annotation": lambda: annotated("Mapped[Nope]"),
    "Mapped alone": lambda: annotated(Mapped),
    "broken annotation": lambda: annotated(Mapped["List[Nope"]),
    "list": lambda: annotated(Mapped[List[str]]),
    "column without anything": lambda: declared(x=mapped_column()),
    "relationship without anything": lambda: declared(x=relationship()),
    "tuple around a column": lambda: declared(x=(Column(Integer),)),
    "table args a number": lambda: declared(__table_args__=5),
    "table args without comma": lambda: declared(__table_args__=UniqueConstraint("id")),
    "table args of nothing": lambda: declared(__table_args__=(UniqueConstraint("nope"),)),
    "table and name": lambda: declared(__table__=table(Column("id", Integer, primary_key=True))),
    "table and another column": lambda: declared(
        without=("__tablename__", "id"),
        x=Column(Integer),
        __table__=table(Column("id", Integer, primary_key=True)),
    ),
    "table a number": lambda: declared(without=("__tablename__", "id"), __table__=5),
    "mapped twice": mapped_twice,
    "a number mapped": lambda: registry().map_imperatively(
        5, table(Column("id", Integer, primary_key=True))
    ),
    "imperative without table": lambda: registry().map_imperatively(plain()),
    "imperative without key": lambda: registry().map_imperatively(
        plain(), table(Column("id", Integer))
    ),
    "imperative, misspelt": lambda: registry().map_imperatively(
        plain(), table(Column("id", Integer, primary_key=True)), polymorphic_ident=5
    ),
    "column of another table": lambda: registry().map_imperatively(
        plain(),
        table(Column("id", Integer, primary_key=True)),
        properties={"a": Column("zz", Integer)},
    ),
    "subclass without foreign key": lambda: below(
        __tablename__="b", id=mapped_column(Integer, primary_key=True)
    ),
    "subclass without key": lambda: below(__tablename__="b", x=mapped_column(Integer)),
    "key in the parent's table": lambda: below(other=mapped_column(Integer, primary_key=True)),
    "column of the parent again": lambda: below(
        {"x": mapped_column(Integer)}.items(), x=mapped_column(String)
    ),
    "table args of the parent's table": lambda: below(__table_args__={"info": {}}),
    "attribute taken away": taken_away,
    "options of a dataclass": lambda: declared(x=mapped_column(Integer, init=False)),
    "order of a dataclass": lambda: data(
        {"id": Mapped[int], "x": Mapped[int]}, id=mapped_column(primary_key=True, default=None)
    ),
    "two defaults": lambda: data(
        {"id": Mapped[int]}, id=mapped_column(primary_key=True, default=1, default_factory=int)
    ),
    "mixin that is no dataclass": own_mixin,
    "base itself": lambda: type(DeclarativeBase)(
        "X", (DeclarativeBase,), {"__tablename__": "x", "id": mapped_column(primary_key=True)}
    ),
    "base with a number for a registry": lambda: type(DeclarativeBase)(
        "X", (DeclarativeBase,), {"registry": 5}
    ),
    "misspelt argument of a registry": lambda: registry(metadat=None),
    "mapper of a number": lambda: object_mapper(3),
    "mapper of a plain class": lambda: class_mapper(int),
    "mapper of an object": lambda: class_mapper(object()),
    "registry with dependents": disposed,
}
for name, case in CASES.items():
    report(name, outcome(case))
    clear_mappers()
