# begins with: people
"""What flushes first, where statements go to, and options for all statements of a session."""

from sqlalchemy import (
    event,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    union,
    update,
)
from sqlalchemy.orm import (
    Session,
    defer,
    selectinload,
)

e = database()
sent()
s = Session(e)
a = s.get(Person, 1)
b = s.get(Person, 2)
s.commit()
b.note = "x"
a.name
say("expired attr autoflush", b in s.dirty)
b.note = "y"
a.pets
say("lazy autoflush", b in s.dirty)
p = a.pets[0]
s.expire(p)
p.name
b.note = "yy"
p.owner
say("m2o in map", b in s.dirty)
b.note = "y"
s.get(Person, 1)
say("get cached", b in s.dirty)
b.note = "y2"
s.expire(a)
s.get(Person, 1)
say("get expired", b in s.dirty)
b.note = "z"
s.get(Person, 99)
say("get", b in s.dirty)
b.note = "w"
s.scalar(text("select 1"))
say("text", b in s.dirty)
b.note = "w2"
s.scalar(select(Person.__table__.c.id))
say("core", b in s.dirty)
b.note = "v"
s.connection().execute(text("select 1"))
say("conn", b in s.dirty)
b.note = "u"
s.query(Person).autoflush(False).all()
say("query no", b in s.dirty)
b.note = "u"
s.execute(select(Person).execution_options(autoflush=False)).all()
say("stmt no", b in s.dirty)
b.note = "u"
s.execute(select(Person), execution_options={"autoflush": False}).all()
say("call no", b in s.dirty)
b.note = "t"
s.merge(Person(id=1))
say("merge", b in s.dirty)
b.note = "s"
s.execute(update(Person).values(made=3))
say("update", b in s.dirty)
b.note = "r"
s.execute(insert(Person), [{"name": "qq"}])
say("insert", b in s.dirty)
b.note = "r"
s.bulk_insert_mappings(Person, [{"name": "qq2"}])
say("bulk", b in s.dirty)
b.note = "r"
s.refresh(a)
say("refresh", b in s.dirty)
b.note = "q"
s.expire(b, ["name"])
b.name
say("own expired", b in s.dirty)
with s.no_autoflush:
    b.note = "q"
    s.expire(a)
    a.name
    say("expired noaf", b in s.dirty)
s.commit()
d = s.scalars(select(Person).options(defer(Person.note)).where(Person.id == 1)).one()
b.note = "p"
d.note
say("deferred", b in s.dirty)
s.execute(select(Person), execution_options={"populate_existing": True}).all()
s.commit()
s.close()
# session-wide execution options
log = []


@event.listens_for(e, "before_execute")
def be(conn, ce, mp, p, opts):
    log.append(
        dict(sorted(conn.get_execution_options().items()))
        | {k: v for k, v in sorted(opts.items()) if not k.startswith("_")}
    )


s = Session(e, execution_options={"x": 1, "y": 1})
s.execute(select(Person).execution_options(y=2, z=2), execution_options={"z": 3})
differs(
    "the statement wins",
    why="as documented: what a statement says goes before what the session says",
)
report("the statement wins", log)
log.clear()
s.execute(text("select 1").execution_options(y=5))
log.clear()
a = s.get(Person, 1)
say("found", log)
log.clear()
a.pets
say("found", [one.get("x") for one in log])
log.clear()
s.expire(a)
a.name
say("found", [one.get("x") for one in log])
log.clear()
s.refresh(a)
say("found", [one.get("x") for one in log])
log.clear()
s.query(Person).all()
say("found", [one.get("x") for one in log])
log.clear()
a.note = "oo"
s.flush()
say("found", [one.get("x") for one in log])
log.clear()
s.execute(update(Person).values(made=3))
say("found", [one.get("x") for one in log])
log.clear()
s.scalars(
    select(Person).options(selectinload(Person.pets)).execution_options(populate_existing=True)
).all()
say("found", [one.get("x") for one in log])
log.clear()
s.rollback()
s.close()
s = Session(e, execution_options={"populate_existing": True})
a = s.get(Person, 1)
a.note = "keep"
with s.no_autoflush:
    s.scalars(select(Person)).all()
    say("pe", a.note)
s.close()
# binds
e2 = database()
with Session(e2) as q:
    q.execute(text("update pet set name='E2'"))
    q.commit()


class Sub(Person):
    pass


s = Session(binds={Person: e, Pet: e2})
say("binds", [s.get_bind(Person) is e, s.get_bind(Pet) is e2, s.get_bind(Sub) is e])
p = s.get(Person, 1)
say(
    "found",
    (
        [x.name for x in p.pets],
        s.get_bind(clause=select(Pet.__table__)) is e2,
        s.get_bind(clause=select(Pet)) is e2,
        s.get_bind(clause=select(func.count()).select_from(Pet)) is e2,
    ),
)
tried("sub", lambda: s.get_bind(clause=select(select(Pet).subquery())) is e2)
tried("union", lambda: s.get_bind(clause=union(select(Pet.__table__), select(Pet.__table__))) is e2)
tried(
    "exists", lambda: s.get_bind(clause=select(literal(1)).where(exists().where(Pet.id == 1))) is e2
)
tried("where", lambda: s.get_bind(clause=select(literal(1)).where(Pet.id == 1)) is e2)
tried("insert", lambda: s.get_bind(clause=insert(Pet)) is e2)
tried("base", lambda: Session(binds={Base: e}).get_bind(Pet) is e)
tried("base text", lambda: Session(binds={Base: e}).execute(text("select 1")) and None)
tried("table", lambda: Session(binds={Person.__table__: e}).get_bind(Person) is e)
tried("table cl", lambda: Session(binds={Person.__table__: e}).get_bind(clause=select(Person)) is e)
s.close()
s = Session(e)
s.bind_mapper(Pet, e2)
s.bind_table(Person.__table__, e2)
say("found", (s.get_bind(Pet) is e2, s.get_bind(Person) is e2, s.get_bind() is e))
s.add(Person(name="two", pets=[Pet(name="tt")]))
s.commit()
with Session(e2) as q:
    say("found", len(q.scalars(select(Person)).all()))
s.close()
# routing
got = []


class R(Session):
    def get_bind(self, mapper=None, clause=None, **kw):
        got.append(
            (mapper and mapper.class_.__name__, type(clause).__name__, self._flushing, sorted(kw))
        )
        return e2 if self._flushing else e


s = R()
s.scalars(select(Person)).all()
s.scalars(select(Pet.name)).all()
s.execute(text("select 1"))
s.add(Person(name="fl"))
s.flush()
s.execute(update(Person).values(note="z"), bind_arguments={"who": 3})
s.get(Pet, 1).owner
s.connection()
say("asked for", sorted(set(map(str, got))))
