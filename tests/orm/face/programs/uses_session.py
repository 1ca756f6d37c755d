"""Sessions, scoped sessions and what their events are given."""

import warnings

from sqlalchemy import (
    Column,
    Integer,
    String,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    orm,
    select,
    update,
)
from sqlalchemy.orm import Session, declarative_base, scoped_session, sessionmaker

warnings.simplefilter("ignore")
Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))


class Place(Base):
    __tablename__ = "place"
    id = Column(Integer, primary_key=True)


engine = create_engine("sqlite:///one.db")
other = create_engine("sqlite:///two.db")
Base.metadata.create_all(engine)
Base.metadata.create_all(other)

scoped = scoped_session(sessionmaker(engine))
Base.query = scoped.query_property()
scoped.add_all([Person(id=1, name="a"), Person(id=2, name="b")])
scoped.commit()
report("query property", [each.name for each in Person.query.order_by(Person.id)])
report("filtered", Person.query.filter_by(name="b").one().id)


class Shouting(orm.Query):
    def names(self):
        return [each.name.upper() for each in self]


Place.query = None
Person.shouting = scoped.query_property(Shouting)
report("own class", Person.shouting.order_by(Person.id).names())
report("registry", [scoped.registry() is scoped(), scoped.registry.has()])
report("proxied", [scoped.is_active, scoped.autoflush, len(scoped.identity_map), scoped.info])
attempt("options too late", lambda: scoped(autoflush=False))
scoped.remove()
report("removed", scoped.registry.has())

session = Session(info={"who": "me"})
attempt("unbound", lambda: session.scalars(select(Person)).all())
session.rollback()
session.bind_mapper(Person, engine)
session.bind_table(Place.__table__, other)
report("binds", [session.get_bind(Person) is engine, session.get_bind(Place) is other])
report("by clause", session.get_bind(clause=select(Place.__table__)) is other)
session.add(Place(id=5))
session.commit()
with other.connect() as connection:
    report("in the other", [row[0] for row in connection.execute(select(Place.__table__))])
with engine.connect() as connection:
    report("not in the one", [row[0] for row in connection.execute(select(Place.__table__))])
report("info", session.info)
report("many", [type(each).__name__ for each in session.merge_all([Person(id=1), Person(id=9)])])
session.rollback()
people = session.scalars(select(Person).order_by(Person.id)).all()
session.delete_all(people)
report("deleted", sorted(each.id for each in session.deleted))
session.rollback()
report("no transaction", [session.get_transaction(), session.get_nested_transaction()])
with session.begin():
    outer = session.get_transaction()
    report("transaction", [outer.is_active, outer.nested, outer.parent])
    with session.begin_nested() as inner:
        report("nested", [session.get_nested_transaction() is inner, inner.parent is outer])
        report("still", [session.get_transaction() is outer, session.in_nested_transaction()])
report("after", [outer.is_active, session.in_transaction()])
session.close()

session = Session(engine)
told = []


@event.listens_for(session, "do_orm_execute")
def listen(state):
    told.append(
        [state.is_select, state.is_insert, state.is_update, state.is_delete, state.is_executemany]
    )
    if state.execution_options.get("twice"):
        first = state.invoke_statement()
        return first.freeze()()
    if state.execution_options.get("other"):
        return state.invoke_statement(select(Person).where(Person.id == 2))
    if state.is_select:
        state.update_execution_options(seen=True)
    return None


report("plain", [each.id for each in session.scalars(select(Person).order_by(Person.id))])
report(
    "invoked",
    [each.id for each in session.scalars(select(Person), execution_options={"twice": True})],
)
report(
    "another",
    [each.id for each in session.scalars(select(Person), execution_options={"other": True})],
)
session.execute(update(Person).where(Person.id == 98).values(name="x"))
session.execute(delete(Person).where(Person.id == 98))
session.execute(insert(Person), [{"id": 20, "name": "t"}, {"id": 21, "name": "u"}])
report("told", told)
session.rollback()

person = session.get(Person, 1)
states = [state.name for state in orm.session.SessionTransactionState]
report("states of transactions", states)
report("functions", [orm.object_session(person) is session, orm.was_deleted(person)])
report("identities", [orm.util.has_identity(person), orm.util.has_identity(Person())])
report("state", orm.util.object_state(person) is inspect(person))
orm.close_all_sessions()
report("closed", [inspect(person).detached, session.in_transaction()])
attempt("no options for bind", sessionmaker, engine, bind=engine)
Maker = sessionmaker(engine, expire_on_commit=False)
Maker.configure(autoflush=False)
with Maker() as session:
    report("configured", [session.autoflush, session.expire_on_commit])
with Maker.begin() as session:
    session.add(Person(id=30, name="z"))
report("kept", Maker().get(Person, 30).name)
report("class", type(sessionmaker(engine, class_=type("Mine", (Session,), {}))()).__name__)
