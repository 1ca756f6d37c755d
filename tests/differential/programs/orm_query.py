"""``session.query()``: its everyday methods."""

import warnings

from sqlalchemy import Column, Integer, String, create_engine, event, func, select
from sqlalchemy.orm import Session, declarative_base

warnings.simplefilter("ignore")
Base = declarative_base()


class Item(Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    n = Column(Integer)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add_all([Item(name=name, n=n) for n, name in enumerate("abcde")])
session.commit()
query = session.query(Item)
report("all", [one.name for one in query.order_by(Item.id).all()])
report("iterated", [one.name for one in query.order_by(Item.n.desc())])
report("filter", query.filter(Item.n > 2).count())
report("filter by", query.filter_by(name="c").one().n)
report("first", query.order_by(Item.id).first().name)
report("no first", query.filter(Item.n > 99).first())
attempt("no one", query.filter(Item.n > 99).one)
attempt("too many", query.one)
attempt("too many or none", query.one_or_none)
report("none", query.filter(Item.n > 99).one_or_none())
report("get", query.get(2).name)
report("columns", [tuple(r) for r in session.query(Item.id, Item.name).order_by(Item.id).limit(2)])
report("scalar", session.query(func.max(Item.n)).scalar())
report("slice", [one.name for one in query.order_by(Item.id)[1:3]])
report("item", query.order_by(Item.id)[3].name)
report("offset", [one.name for one in query.order_by(Item.id).offset(3).limit(1)])
report("distinct", session.query(Item.name).distinct().count())
report("exists", session.query(query.filter(Item.n == 1).exists()).scalar())
report("with entities", [tuple(r) for r in query.with_entities(func.count(Item.id))])
report(
    "grouped",
    [
        tuple(r)
        for r in session.query(Item.n % 2, func.count()).group_by(Item.n % 2).order_by(Item.n % 2)
    ],
)
one = query.get(1)
report("update", (query.filter(Item.n == 0).update({"name": "z"}), one.name))
report("update by attribute", (query.filter(Item.n == 0).update({Item.n: Item.n + 10}), one.n))
report("delete", (query.filter(Item.n == 10).delete(), one in session, query.count()))

seen = []


@event.listens_for(session, "do_orm_execute")
def limit(state):
    seen.append((state.is_select, state.is_update))
    if state.is_select:
        state.statement = state.statement.where(Item.n > 2)


report("listener changes", [one.name for one in session.scalars(select(Item).order_by(Item.id))])
report("seen", seen)
