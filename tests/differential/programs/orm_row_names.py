"""What rows of statements about classes call each kind of thing that is selected."""

import warnings
from typing import List

from sqlalchemy import (
    ForeignKey,
    String,
    and_,
    bindparam,
    case,
    cast,
    create_engine,
    distinct,
    exists,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    text,
    true,
    type_coerce,
)
from sqlalchemy.orm import (
    Bundle,
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    column_property,
    mapped_column,
    relationship,
    synonym,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int] = mapped_column("col_x")
    y = synonym("x")
    z: Mapped[int] = mapped_column()
    v = column_property(z + 1, deferred=True)
    bs: Mapped[List["B"]] = relationship(back_populates="a")


class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
    x: Mapped[int] = mapped_column()
    a: Mapped[A] = relationship(back_populates="bs")


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add(A(id=1, x=2, z=3, bs=[B(id=1, x=5)]))
session.commit()

Other = aliased(A)
Named = aliased(A, name="named")
table = A.__table__
below = select(A.id, A.x).subquery()
largest = select(func.max(B.x)).where(B.a_id == A.id).scalar_subquery()

STATEMENTS = {
    "one column under several names": select(A.id, A.y, A.x),
    "the same the other way round": select(A.x, A.y),
    "an attribute twice": select(A.x, A.x),
    "a synonym twice": select(A.y, A.y),
    "a function": select(func.max(A.x)),
    "functions": select(func.max(A.x), func.min(A.x), func.max(A.z), func.max(A.id)),
    "a function beside a label of its name": select(A.x.label("max"), func.max(A.x)),
    "a function of a table, with a condition on a class": select(func.max(table.c.id)).where(
        A.id == 1
    ),
    "a function of a table alone": select(func.max(table.c.id), table.c.id, table.c.id),
    "a function of a subquery": select(func.max(below.c.x)),
    "a function of an alias": select(func.max(Other.x)),
    "count(*)": select(func.count()).select_from(A),
    "count of what is distinct": select(func.count(distinct(A.id))),
    "a function that is labelled": select(func.max(A.x).label("x"), A.x),
    "a window": select(func.row_number().over(order_by=A.id), A.id),
    "an aggregate with a filter": select(func.count(A.id).filter(A.x > 0), A.id),
    "a cast": select(cast(A.x, String)),
    "a cast of a label": select(cast(A.z.label("q"), String)),
    "a cast of a function": select(cast(func.max(A.z), String)),
    "a cast of an expression": select(cast(A.x + 1, String), A.id),
    "a coercion": select(type_coerce(A.x, String), A.id),
    "a literal": select(literal(1), literal("a"), A.id),
    "a literal from a class": select(literal(1)).select_from(A),
    "SQL as a column": select(literal_column("1"), literal_column("1"), A.id),
    "NULL and TRUE": select(null(), true(), A.id),
    "labels of one name": select(A.x.label("q"), A.z.label("q")),
    "arithmetic": select(A.x + 1, A.x + 2, A.x + 3),
    "a labelled sum": select((A.x + 1).label("p"), A.x + 2),
    "what is compared": select(A.x == 2, and_(A.x == 2, A.z == 3), A.x.in_([1, 2]), A.id),
    "a sign": select(-A.x),
    "a case": select(A.id, case((A.x == 2, A.z), else_=A.x)),
    "a scalar subquery": select(largest, A.id, A.x),
    "scalar subqueries, one labelled": select(largest.label("m"), largest, A.id),
    "whether there is one": select(exists().where(A.id == 1), A.id),
    "a bundle": select(Bundle("x", A.id, func.max(A.x), A.x + 1), A.x),
    "bundles of one name": select(Bundle("b", A.id), Bundle("b", A.x)),
    "an object and values": select(A, A.x, A.y, A.x, func.max(A.x)),
    "objects and values": select(A, B, func.max(A.x), func.max(B.x), B.x, A.x + 1).join(A.bs),
    "an object and a label of its name": select(A, A.x.label("A")),
    "a named alias": select(Named, Named.x, A.x).join(A, A.id == Named.id),
    "columns of two classes": select(A.id, B.id, A.x, B.x).join(A.bs),
    "an expression's property": select(func.max(A.v), A.v),
    "columns of a table beside": select(A.x, table.c.col_x, A.id),
    "columns of a table and an object": select(A, table.c.col_x, table.c.id),
    "a subquery": select(below),
    "a subquery beside": select(below, A.id).join(below, below.c.id == A.id),
    "what a statement returns": insert(B)
    .values(a_id=1, x=1)
    .returning(B.id, func.abs(B.x), B.x + 1, cast(B.x, String)),
}

for name, statement in STATEMENTS.items():

    def names(statement=statement):
        result = session.execute(statement)
        keys = list(result.keys())
        row = result.first()
        mapped = list(row._mapping) if not hasattr(row, "A") else None
        found = [keys, list(row._fields), mapped, list(row._asdict())]
        described = getattr(statement, "column_descriptions", None)
        return [*found, described and [one["name"] for one in described]]

    attempt(name, names)
    session.rollback()

for name, asked in {
    "one column under several names": lambda: session.query(A.id, A.y, A.x),
    "an attribute twice": lambda: session.query(A.x, A.x),
    "columns of two classes": lambda: session.query(A.id, B.id).join(A.bs),
    "an object and a value": lambda: session.query(A, A.x),
    "labels": lambda: session.query(A.x.label("p"), A.x),
}.items():
    query = asked()
    report("query: " + name, [list(query.first()._fields), query.column_descriptions[-1]["name"]])

report(
    "query: what functions are described as",
    [one["name"] for one in session.query(func.max(A.x), A.x + 1).column_descriptions],
)
report("query: the style of its labels", str(session.query(A).get_label_style))

differs("an attribute three times", why="each has a name of its own: the oracle's last two share")
report("an attribute three times", list(session.execute(select(A.x, A.x, A.x)).keys()))

differs("an alias without a name", why="it goes by its class's name; the oracle's row has none")
report(
    "an alias without a name",
    list(session.execute(select(A, Other).join(Other, Other.id == A.id)).keys()),
)

differs("text", why="it goes by itself; the oracle's row leaves it out of its names")
report("text", list(session.execute(select(A, text("1"))).keys()))

differs("a value again in another type", why="the oracle does not find it in its own row")
attempt(
    "a value again in another type", lambda: session.execute(select(A.z, cast(A.z, String))).all()
)

differs("a parameter", why="what has no name of its own goes as such")
report("a parameter", list(session.execute(select(bindparam("p", 3), A.id)).keys()))
