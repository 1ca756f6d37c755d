# begins with: people
"""Bulk writing of objects and dictionaries past the unit of work."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import (
    Session,
)

e = database()
sent()


# bulk
class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    x = Column(Integer)
    d = Column(Integer, default=5)
    sd = Column(Integer, server_default="6")
    version = Column(Integer, nullable=False)
    upd = Column(Integer, onupdate=77)
    __mapper_args__ = {
        "polymorphic_on": kind,
        "polymorphic_identity": "node",
        "version_id_col": version,
    }


class Leaf(Node):
    __tablename__ = "leaf"
    id = Column(ForeignKey("node.id"), primary_key=True)
    y = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "leaf"}


Base.metadata.create_all(e)


def rows(table):
    return [tuple(row) for row in s.execute(text(f"select * from {table} order by 1"))]


s = Session(e)
s.begin()
sent()


def step(name, function):
    sent()
    tried(name, function)
    count(name)


objs = [Person(name="o1"), Person(name="o2", note="n"), Person(name="o3")]
step("bso", lambda: s.bulk_save_objects(objs))
say("k", [(keys(o), state(o), o in s) for o in objs])
objs = [Person(name="p1"), Person(name="p2", note="n"), Person(name="p3")]
step("bso rd", lambda: s.bulk_save_objects(objs, return_defaults=True))
say("k", [(keys(o), state(o), o in s) for o in objs])
objs = [Person(name="q1"), Person(name="q2", note="n"), Person(name="q3")]
step("bso no order", lambda: s.bulk_save_objects(objs, preserve_order=False))
a = s.get(Person, 1)
b = s.get(Person, 2)
a.note = "bulk"
step("bso upd", lambda: s.bulk_save_objects([a, b, Person(name="new")]))
say("a", (a in s.dirty, inspect(a).modified))
s.expire_all()
step("bso upd all", lambda: s.bulk_save_objects([a], update_changed_only=False))
with Session(e) as s2:
    det = s2.get(Person, 2)
det.note = "det"
step("bso det", lambda: s.bulk_save_objects([det]))
say("det", (state(det), inspect(det).modified))
step("bso rel", lambda: s.bulk_save_objects([Person(name="withpets", pets=[Pet(name="lost")])]))
step("bso poly", lambda: s.bulk_save_objects([Leaf(x=1, y=2), Leaf(x=3, y=4), Node(x=9)]))
step(
    "bso poly rd",
    lambda: s.bulk_save_objects([Leaf(x=1, y=2), Leaf(x=3, y=4), Node(x=9)], return_defaults=True),
)
n = s.get(Leaf, 1)
n.version
n.y = 33
step("bso poly upd", lambda: s.bulk_save_objects([n]))
s.rollback()
s.expunge_all()
s.begin()
say("node", rows("node"))
say("leaf", rows("leaf"))
step(
    "bim",
    lambda: s.bulk_insert_mappings(
        Person, [{"name": "m1"}, {"name": "m2", "note": "x"}, {"name": "m3", "note": None}]
    ),
)
step(
    "bim rn",
    lambda: s.bulk_insert_mappings(
        Person,
        [
            {"name": "r1", "note": None},
            {"name": "r2", "note": "x"},
            {"name": "r3", "note": None, "made": None},
        ],
        render_nulls=True,
    ),
)
step(
    "bim no rn",
    lambda: s.bulk_insert_mappings(
        Person, [{"name": "s1", "note": None}, {"name": "s2", "note": "x", "made": None}]
    ),
)
ms = [{"name": "t1"}, {"name": "t2", "note": "x"}]
step("bim rd", lambda: s.bulk_insert_mappings(Person, ms, return_defaults=True))
say("ms", ms)
ms = [{"name": "u1"}, {"name": "u2", "note": "x"}]
step("bim nord", lambda: s.bulk_insert_mappings(inspect(Person), ms))
say("ms", ms)
step("bim leaf", lambda: s.bulk_insert_mappings(Leaf, [{"x": 1, "y": 2}, {"x": 3, "y": 4}]))
step(
    "bim leaf pk",
    lambda: s.bulk_insert_mappings(Leaf, [{"id": 50, "x": 1, "y": 2}, {"id": 51, "x": 3, "y": 4}]),
)
step(
    "bim leaf rd",
    lambda: s.bulk_insert_mappings(
        Leaf, [{"x": 1, "y": 2}, {"x": 3, "y": 4}], return_defaults=True
    ),
)
s.commit()
step(
    "bum",
    lambda: s.bulk_update_mappings(
        Person,
        [{"id": 1, "note": "A"}, {"id": 2, "note": "B"}, {"id": 3, "name": "zz", "note": "C"}],
    ),
)
if not s.is_active:
    s.rollback()
if not s.is_active:
    s.rollback()
step(
    "bum leaf v", lambda: s.bulk_update_mappings(Leaf, [{"id": 50, "x": 11, "y": 12, "version": 1}])
)
if not s.is_active:
    s.rollback()
if not s.is_active:
    s.rollback()
step("bum missing row", lambda: s.bulk_update_mappings(Person, [{"id": 999, "note": "x"}]))
step("bum empty", lambda: s.bulk_update_mappings(Person, []))
step("bim empty", lambda: s.bulk_insert_mappings(Person, []))
if not s.is_active:
    s.rollback()
step("bim empty dict", lambda: s.bulk_insert_mappings(Person, [{}]))
step("bso empty", lambda: s.bulk_save_objects([]))
if not s.is_active:
    s.rollback()
step("bim unknown", lambda: s.bulk_insert_mappings(Person, [{"name": "z1", "nope": 3}]))
if not s.is_active:
    s.rollback()
step("bum unknown", lambda: s.bulk_update_mappings(Person, [{"id": 1, "nope": 3}]))
if not s.is_active:
    s.rollback()
step(
    "bim flushes pending?",
    lambda: (s.add(Person(name="pend1")), s.bulk_insert_mappings(Person, [{"name": "pend2"}])),
)
say("new", len(s.new))
s.rollback()
step("bum nopk", lambda: s.bulk_update_mappings(Person, [{"note": "A"}]))
tried("state", lambda: (s.is_active, s.in_transaction()))
s.rollback()
a = s.get(Person, 1)
a.name
step("bum identity", lambda: s.bulk_update_mappings(Person, [{"id": 1, "note": "changed by bulk"}]))
say("a", a.note)
s.add(Person(name="dupp"))
step("bim gen", lambda: s.bulk_insert_mappings(Person, ({"name": f"g{i}"} for i in range(2))))
step("bso gen", lambda: s.bulk_save_objects(Person(name=f"h{i}") for i in range(2)))
step("bim dup", lambda: s.bulk_insert_mappings(Person, [{"name": "a"}]))
tried("after", lambda: s.execute(text("select 1")))
s.rollback()
log = []


@event.listens_for(Session, "after_transaction_create")
def f(s, t):
    log.append(("create", t.nested))


@event.listens_for(Session, "before_flush")
def f2(s, t, i):
    log.append("flush")


@event.listens_for(Person, "before_insert")
def f3(m, c, t):
    log.append("bi")


s = Session(e)
s.bulk_save_objects([Person(name="ev")])
say("ev", log)
