"""What is told of objects, attributes, classes and registries, and with what."""

import pickle
from typing import List, Optional, Set

from sqlalchemy import ForeignKey, String, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Mapper,
    Session,
    configure_mappers,
    defer,
    mapped_column,
    relationship,
    selectinload,
)
from sqlalchemy.orm.attributes import flag_modified

LOG = []


class Base(DeclarativeBase):
    pass


class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[Optional[int]]
    n: Mapped[Optional[str]]
    kind: Mapped[Optional[str]]
    server: Mapped[Optional[int]] = mapped_column(server_default="4")
    usual: Mapped[Optional[int]] = mapped_column(default=3)
    bs: Mapped[List["B"]] = relationship(back_populates="a", order_by="B.id")
    cs: Mapped[Set["C"]] = relationship()
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "a"}


class Below(A):
    __mapper_args__ = {"polymorphic_identity": "below"}


class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id"))
    a: Mapped[Optional["A"]] = relationship(back_populates="bs")


class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id"))


def shown(value):
    if hasattr(value, "op") and hasattr(value, "key"):
        return f"{value.key} {value.op.name}"
    if isinstance(value, (list, tuple)):
        return [shown(one) for one in value]
    if isinstance(value, dict):
        return {key: shown(one) for key, one in value.items() if key[0] != "_"}
    if isinstance(value, Base):
        return type(value).__name__
    return value if isinstance(value, (int, str, type(None))) else "?"


def listen(target, name, **options):
    def heard(*values, **named):
        told = [shown(one) for one in values]
        LOG.append([name, *told, {key: shown(one) for key, one in named.items()}])

    event.listen(target, name, heard, **options)


def step(name, function):
    """Do something, and report what was told meanwhile."""
    LOG.clear()
    function()
    report(name, list(LOG))


for name in ("init", "init_failure", "load", "expire"):
    listen(A, name, propagate=True)
listen(A.x, "set", propagate=True)
listen(A.x, "remove")
listen(A.x, "modified")
for name in ("append", "remove", "init_collection"):
    listen(A.bs, name)
listen(B.a, "set")
listen(A.cs, "append")
listen(A.cs, "remove")
listen(A.cs, "append_wo_mutation")

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
made = []


def misspelt():
    try:
        A(zz=1)
    except TypeError:
        LOG.append("TypeError")


def refreshed_names(target, context, names):
    columns = {"id", "x", "n", "kind", "server", "usual"}
    LOG.append(["refresh", None if names is None else sorted(columns & set(names))])


event.listen(A, "refresh", refreshed_names)
event.listen(
    A, "refresh_flush", lambda target, context, names: LOG.append(["flushed", sorted(names)])
)
step("made", lambda: made.append(A(x=1, n="q")))
one = made[0]
step("misspelt", misspelt)
step("of a subclass", lambda: Below(x=3))
session.add(one)
step("inserted", session.flush)
step("committed", session.commit)
step("read again", lambda: one.x)
step("set", lambda: setattr(one, "x", 5))
session.flush()
step("refreshed", lambda: session.refresh(one))
step("one refreshed", lambda: session.refresh(one, ["x"]))
step("expired", lambda: session.expire(one))
step("one expired", lambda: session.expire(one, ["x"]))
session.commit()
session.expunge_all()
step("loaded", lambda: made.append(session.scalars(select(A)).one()))
one = made[-1]
again = select(A).execution_options(populate_existing=True)
step("loaded anew", lambda: session.scalars(again).one())
step("collection loaded", lambda: one.bs)
b1, b2, b3 = B(id=1), B(id=2), B(id=3)
step("appended", lambda: one.bs.append(b1))
step("extended", lambda: one.bs.extend([b2, b3]))
step("removed", lambda: one.bs.remove(b2))
step("popped", lambda: one.bs.pop())
step("put in place", lambda: one.bs.__setitem__(0, b3))
step("cleared", lambda: one.bs.clear())
step("set on the other side", lambda: setattr(b1, "a", one))
step("unset on the other side", lambda: setattr(b1, "a", None))
step("inserted into", lambda: one.bs.insert(0, b3))
step("deleted from", lambda: one.bs.__delitem__(0))
c1 = C(id=1)
step("set: loaded and added", lambda: one.cs.add(c1))
step("set: added again", lambda: one.cs.add(c1))
step("set: discarded", lambda: one.cs.discard(c1))
session.commit()
one.x
step("flagged", lambda: flag_modified(one, "x"))
step("deleted", lambda: delattr(one, "x"))
session.rollback()
session.expunge_all()
session.add(A(id=90, x=1, bs=[B(id=91)]))
session.commit()


def loading(name, statement):
    session.expunge_all()
    step(name, lambda: made.append(session.scalars(statement.where(A.id == 90)).unique().one()))


loading("with a selectin load", select(A).options(selectinload(A.bs)))
session.expunge_all()
step("many to one", lambda: made.append(session.get(B, 91).a))
loading("with a deferred column", select(A).options(defer(A.n)))
step("the deferred column", lambda: made[-1].n)


class R(Base):
    __tablename__ = "r"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[Optional[int]]
    y: Mapped[Optional[int]]
    ts: Mapped[List["T"]] = relationship()


class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    r_id: Mapped[Optional[int]] = mapped_column(ForeignKey("r.id"))


@event.listens_for(R.x, "set", retval=True)
def doubled(target, value, before, initiator):
    return value * 2


@event.listens_for(R.y, "init_scalar", retval=True)
def eleven(target, value, values):
    values["y"] = 11
    return 11


@event.listens_for(R.ts, "append", retval=True)
def made_of_number(target, value, initiator):
    return value if isinstance(value, T) else T(id=value)


@event.listens_for(R.ts, "bulk_replace")
def made_of_numbers(target, values, initiator):
    values[:] = [one if isinstance(one, T) else T(id=one) for one in values]


r = R(x=4)
report("returned by set", r.x)
report("returned by init_scalar", [r.y, r.__dict__.get("y")])
r.ts.append(5)
report("returned by append", [one.id for one in r.ts])
report("changed by bulk_replace", [one.id for one in R(ts=[7, 8]).ts])

kept = []
event.listen(A, "pickle", lambda target, state: state.update(note=target.id))
event.listen(A, "unpickle", lambda target, state: kept.append(state.get("note")))
pickle.loads(pickle.dumps(made[-1]))
report("pickled", kept)

raw = []
event.listen(B, "load", lambda state, context: raw.append(type(state.obj()).__name__), raw=True)
session.expunge_all()
held = session.get(B, 91)
report("raw", raw)

named = []
event.listen(B, "init", lambda **told: named.append(sorted(told)), named=True)
B(id=3)
report("named", named)

everybody = []
heard = lambda target, context: everybody.append(type(target).__name__)  # noqa: E731 - as users do
event.listen(Mapper, "load", heard)
session.expunge_all()
held = session.get(A, 90)
event.remove(Mapper, "load", heard)
report("everybody", everybody)

decided = []


@event.listens_for(Base.registry, "resolve_type_annotation")
def decide(resolve):
    decided.append(
        # The two spellings are one type to Python, which keeps whichever it met first.
        [
            resolve.key,
            "str or none" if resolve.raw_type == Optional[str] else str(resolve.raw_type),
            str(resolve.resolved_type),
            resolve.cls.__name__,
        ]
    )
    return String(9) if resolve.raw_type is complex else None


for name in ("before_configured", "after_configured"):
    event.listen(Base.registry, name, lambda told, name=name: decided.append(name))
event.listen(
    Base,
    "attribute_instrument",
    lambda cls, key, attribute: decided.append(f"{cls.__name__}.{key}"),
    propagate=True,
)


class Late(Base):
    __tablename__ = "late"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]]
    odd: Mapped[complex]


configure_mappers()
report("type decided", [type(Late.__table__.c.odd.type).__name__, Late.__table__.c.odd.type.length])
report("registry", sorted(map(str, decided)))
