"""INSERT, UPDATE and DELETE of classes through a session: rows, and what objects know of them."""

import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session, declarative_base

warnings.simplefilter("ignore")
Base = declarative_base()


class Item(Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)
    label = Column("name", String(30))
    n = Column(Integer)
    m = Column(Integer, default=7)


class Animal(Base):
    __tablename__ = "animal"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}


class Cat(Animal):
    __tablename__ = "cat"
    id = Column(ForeignKey("animal.id"), primary_key=True)
    purrs = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "cat"}


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)


def rows(table="item"):
    return [tuple(one) for one in session.execute(text(f"select * from {table} order by 1"))]


session.execute(
    insert(Item), [{"label": "a", "n": 1}, {"label": "b", "n": 2}, {"label": "c", "n": 3}]
)
session.execute(insert(Item).values(label="d", n=4))
session.execute(insert(Item), {"label": "e", "n": 5})
report("inserted", rows())
made = session.scalars(
    insert(Item).returning(Item), [{"label": "f", "n": 6}, {"label": "g", "n": 7}]
).all()
report("returned", [(one.id, one.label, one.n, one.m, inspect(one).persistent) for one in made])
report("same", session.get(Item, made[0].id) is made[0])
report(
    "columns",
    [
        tuple(r)
        for r in session.execute(insert(Item).returning(Item.id, Item.label), [{"label": "h"}])
    ],
)
session.commit()
items = session.scalars(select(Item).order_by(Item.id)).all()
session.execute(update(Item).where(Item.n > 5).values(label="big"))
report("evaluated", [(one.label, one.__dict__.get("label")) for one in items])
session.execute(update(Item).where(Item.n <= 2).values(n=Item.n + 10))
report("computed", [one.n for one in items])
session.execute(update(Item).where(func.abs(Item.n) == 11).values({Item.label: "eleven"}))
report("fetched", [one.label for one in items])
session.execute(
    update(Item).where(Item.n == 12).values(label="x"),
    execution_options={"synchronize_session": False},
)
report("not synchronised", items[1].label)
session.expire(items[1])
report("after all", items[1].label)
attempt(
    "cannot be evaluated",
    session.execute,
    update(Item).where(func.abs(Item.n) == 11).values(n=1),
    execution_options={"synchronize_session": "evaluate"},
)
attempt(
    "no such way",
    session.execute,
    update(Item).values(n=1),
    execution_options={"synchronize_session": "never"},
)
r = session.execute(update(Item).where(Item.label.in_(["x", "eleven"])).values(n=0))
report("rowcount", r.rowcount)
report("in", [one.n for one in items])
report(
    "returning",
    sorted(
        one.id
        for one in session.scalars(update(Item).where(Item.n == 0).values(m=1).returning(Item))
    ),
)
session.execute(update(Item), [{"id": 1, "label": "one"}, {"id": 2, "label": "two", "n": 22}])
report("by key", (rows()[:2], items[0].label, items[1].n))
attempt("by key without key", session.execute, update(Item), [{"label": "one"}])
gone = items[2]
session.execute(delete(Item).where(Item.id == 3))
report("deleted", (gone in session, inspect(gone).deleted, inspect(gone).was_deleted))
session.rollback()
report("back", (gone in session, gone.label))
session.execute(delete(Item).where(func.abs(Item.id) == 3))
session.commit()
report("gone", (gone in session, inspect(gone).detached))
report(
    "dirty",
    (
        setattr(items[0], "label", "dirty"),
        session.execute(update(Item).where(Item.label == "dirty").values(n=99)).rowcount,
    ),
)
report("both", (items[0].label, items[0].n))
session.execute(insert(Cat), [{"purrs": 1}, {"purrs": 2}])
report("joined", (rows("animal"), rows("cat")))
session.execute(insert(Animal), [{}, {}])
report("kinds", rows("animal"))
session.bulk_insert_mappings(Item, [{"label": "m", "n": 1}])
session.bulk_update_mappings(Item, [{"id": 1, "n": -1}])
report("bulk", rows())
