"""Relations and cascades, loaded and not: what becomes of rows and objects."""

import itertools
import warnings
from typing import Optional

from sqlalchemy import Column, ForeignKey, Table, create_engine, event, insert, inspect, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    backref,
    configure_mappers,
    mapped_column,
    relationship,
)

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")


@event.listens_for(engine, "connect")
def enforce(connection, _):
    connection.execute("PRAGMA foreign_keys=ON")


CASCADES = (
    "save-update, merge",
    "",
    "all",
    "all, delete-orphan",
    "save-update, delete",
    "save-update, expunge, refresh-expire, merge",
)


KEPT = []


HOW = ("loaded", "half", "unloaded")


class Base(DeclarativeBase):
    def __init__(self, **values):
        for key, value in values.items():
            setattr(self, key, value)
        # Nothing that is new goes before it is looked at.
        KEPT.append(self)


def one_to_many(number, cascade, **more):
    on_delete = "CASCADE" if more.get("passive_deletes") else None

    class P(Base):
        __tablename__ = f"p{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]

    class C(Base):
        __tablename__ = f"c{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]
        pid: Mapped[Optional[int]] = mapped_column(ForeignKey(f"p{number}.id", ondelete=on_delete))

    both = more.pop("both", True)
    given = {"back_populates": "parent"} if both else {}
    P.kids = relationship(C, cascade=cascade, order_by=C.id, **given, **more)
    if both:
        C.parent = relationship(P, back_populates="kids")
    return P, C


def one_to_one(number, cascade):
    class P(Base):
        __tablename__ = f"p{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]

    class C(Base):
        __tablename__ = f"c{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]
        pid: Mapped[Optional[int]] = mapped_column(ForeignKey(f"p{number}.id"))

    P.kid = relationship(C, cascade=cascade, uselist=False, back_populates="parent")
    C.parent = relationship(P, back_populates="kid")
    return P, C


def many_to_one(number, cascade):
    """The child owns the parent."""

    class P(Base):
        __tablename__ = f"p{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]

    class C(Base):
        __tablename__ = f"c{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]
        pid: Mapped[Optional[int]] = mapped_column(ForeignKey(f"p{number}.id"))

    single = "orphan" in cascade
    C.parent = relationship(P, cascade=cascade, single_parent=single, backref="kids")
    return P, C


def many_to_many(number, cascade):
    class P(Base):
        __tablename__ = f"p{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]

    class C(Base):
        __tablename__ = f"c{number}"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Optional[str]]

    between = Table(
        f"b{number}",
        Base.metadata,
        Column("pid", ForeignKey(P.id), primary_key=True),
        Column("cid", ForeignKey(C.id), primary_key=True),
    )
    P.kids = relationship(
        C,
        secondary=between,
        cascade=cascade,
        order_by=C.id,
        single_parent="orphan" in cascade,
        backref=backref("parents", order_by=P.id),
    )
    return P, C


SHAPES = {}
numbers = itertools.count()
for cascade in CASCADES:
    SHAPES["o2m", cascade] = one_to_many(next(numbers), cascade)
    SHAPES["o2m alone", cascade] = one_to_many(next(numbers), cascade, both=False)
    SHAPES["o2o", cascade] = one_to_one(next(numbers), cascade)
    SHAPES["m2o", cascade] = many_to_one(next(numbers), cascade)
    SHAPES["m2m", cascade] = many_to_many(next(numbers), cascade)
    SHAPES["o2m passive", cascade] = one_to_many(next(numbers), cascade, passive_deletes=True)
SHAPES["o2m passive all", "save-update, merge"] = one_to_many(
    next(numbers), "save-update, merge", passive_deletes="all"
)
configure_mappers()
Base.metadata.create_all(engine)


def rows(session, table):
    return [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]


def tables(up, low):
    found = [up.__table__, low.__table__]
    for prop in (*up.__mapper__.relationships, *low.__mapper__.relationships):
        if prop.secondary is not None and prop.secondary not in found:
            found.append(prop.secondary)
    return found


def fill(session, up, low):
    session.execute(insert(up), [{"id": n, "name": f"p{n}"} for n in (1, 2, 3)])
    kids = [{"id": n, "name": f"c{n}"} for n in range(1, 6)]
    many = hasattr(low, "parents")
    single = hasattr(up, "kid")
    owners = (1, 2, None, None, None) if single else (1, 1, 1, 2, None)
    if not many:
        for kid, owner in zip(kids, owners, strict=True):
            kid["pid"] = owner
    session.execute(insert(low), kids)
    if many:
        between = up.kids.property.secondary
        pairs = [(1, 1), (1, 2), (2, 2), (2, 3), (3, 4)]
        if up.kids.property.single_parent:
            pairs = [(1, 1), (1, 2), (2, 3), (3, 4)]
        session.execute(insert(between), [{"pid": p, "cid": c} for p, c in pairs])


def touch(p):
    return list(p.kids) if hasattr(type(p), "kids") else getattr(p, "kid", None)


def kids_of(p):
    if hasattr(type(p), "kids"):
        return list(p.kids)
    one = getattr(p, "kid", None)
    return [] if one is None else [one]


def parent_of(c):
    if hasattr(type(c), "parent"):
        return c.parent
    return c.parents[0] if hasattr(type(c), "parents") and c.parents else None


def give(p, c):
    if hasattr(type(p), "kids"):
        p.kids.append(c)
    else:
        p.kid = c


def take(p, c):
    if hasattr(type(p), "kids"):
        p.kids.remove(c)
    else:
        p.kid = None


def set_parent(c, p):
    if hasattr(type(c), "parents"):
        c.parents = [] if p is None else [p]
    else:
        c.parent = p


OPERATIONS = {
    "delete parent": lambda s, up, low: s.delete(s.get(up, 1)),
    "delete child": lambda s, up, low: s.delete(s.get(low, 1)),
    "delete both": lambda s, up, low: (s.delete(s.get(up, 1)), s.delete(s.get(low, 1))),
    "delete all parents": lambda s, up, low: [s.delete(s.get(up, n)) for n in (1, 2, 3)],
    "take": lambda s, up, low: take(s.get(up, 1), s.get(low, 1)),
    "take and delete": lambda s, up, low: (
        take(s.get(up, 1), s.get(low, 1)),
        s.delete(s.get(low, 1)),
    ),
    "take and give": lambda s, up, low: (
        take(s.get(up, 1), s.get(low, 1)),
        give(s.get(up, 2), s.get(low, 1)),
    ),
    "take and give back": lambda s, up, low: (
        take(s.get(up, 1), s.get(low, 1)),
        give(s.get(up, 1), s.get(low, 1)),
    ),
    "give": lambda s, up, low: give(s.get(up, 1), s.get(low, 5)),
    "give another's": lambda s, up, low: give(s.get(up, 2), s.get(low, 1)),
    "give new": lambda s, up, low: give(s.get(up, 1), low(id=9, name="new")),
    "give new and take": lambda s, up, low: (
        give(s.get(up, 1), low(id=9)),
        take(s.get(up, 1), kids_of(s.get(up, 1))[-1]),
    ),
    "move and delete former": lambda s, up, low: (
        give(s.get(up, 2), s.get(low, 1)),
        s.delete(s.get(up, 1)),
    ),
    "set parent": lambda s, up, low: set_parent(s.get(low, 1), s.get(up, 2)),
    "set parent None": lambda s, up, low: set_parent(s.get(low, 1), None),
    "set parent new": lambda s, up, low: set_parent(s.get(low, 1), up(id=8, name="new")),
    "set parent and delete former": lambda s, up, low: (
        set_parent(s.get(low, 1), s.get(up, 2)),
        s.delete(s.get(up, 1)),
    ),
    "new child of loaded": lambda s, up, low: s.add(with_parent_set(low(id=9), s.get(up, 1))),
    "new child without session": lambda s, up, low: bool(with_parent_set(low(id=9), s.get(up, 1))),
    "new tree by parent": lambda s, up, low: s.add(tree(up, low)),
    "new tree by child": lambda s, up, low: s.add(kids_of(tree(up, low))[0]),
    "new orphan": lambda s, up, low: s.add(low(id=9)),
    "expunge parent": lambda s, up, low: s.expunge(s.get(up, 1)),
    "expunge child": lambda s, up, low: s.expunge(s.get(low, 1)),
    "expire parent": lambda s, up, low: s.expire(s.get(up, 1)),
    "refresh parent": lambda s, up, low: s.refresh(s.get(up, 1)),
    "merge tree": lambda s, up, low: s.merge(tree(up, low, 1)) and None,
    "merge child": lambda s, up, low: bool(s.merge(with_parent_set(low(id=1, name="m"), up(id=2)))),
    "merge parent alone": lambda s, up, low: s.merge(up(id=1, name="merged")) and None,
    "replace all": lambda s, up, low: replace(s.get(up, 1), [s.get(low, 1), low(id=9)]),
    "replace by none": lambda s, up, low: replace(s.get(up, 1), []),
    "delete parent, keep child": lambda s, up, low: (
        s.delete(s.get(up, 1)),
        set_parent(s.get(low, 1), s.get(up, 2)),
    ),
    "delete new parent's child": lambda s, up, low: (
        s.add(tree(up, low)),
        s.flush(),
        s.delete(s.get(low, 21)),
    ),
}


def with_parent_set(c, p):
    if hasattr(type(c), "parent") or hasattr(type(c), "parents"):
        set_parent(c, p)
    else:
        give(p, c)
    return c


def tree(up, low, number=20):
    p = up(id=number, name="tree")
    give(p, low(id=number + 1, name="leaf"))
    if hasattr(up, "kids"):
        give(p, low(id=number + 2, name="leaf"))
    return p


def replace(p, kids):
    if hasattr(type(p), "kids"):
        p.kids = kids
    else:
        p.kid = kids[-1] if kids else None


STATES = ("transient", "pending", "persistent", "deleted", "detached")


def seen(session):
    found = {}
    for one in [*session.new, *session.deleted, *session]:
        state = inspect(one)
        known = one.__dict__.get("id") if state.identity is None else state.identity[0]
        found[f"{type(one).__name__}{known}"] = (
            [name for name in STATES if getattr(state, name)],
            # One to one: what another takes the place of has lost its own at once, with us.
            one in session.dirty and not hasattr(one, "kid") and not hasattr(type(one), "parent"),
        )
    return sorted(found.items())


def run(name, shape, how):
    up, low = SHAPES[shape]
    with Session(engine, autoflush=False) as session:
        fill(session, up, low)
        held = []
        if how != "unloaded":
            held = [*session.scalars(select(up)), *session.scalars(select(low))]
        if how == "loaded":
            for one in held:
                if isinstance(one, up):
                    touch(one)
                elif hasattr(low, "parent") or hasattr(low, "parents"):
                    parent_of(one)
        sent()
        found = {}
        try:
            OPERATIONS[name](session, up, low)
            found["states"] = seen(session) if how == "loaded" else None
            session.flush()
        except Exception as error:  # noqa: BLE001 - its class is reported
            kinds = [kind.__name__ for kind in type(error).__mro__]
            found["error"] = "IntegrityError" if "IntegrityError" in kinds else kinds[0]
            session.rollback()
        else:
            count = len(sent())
            report(f"number of statements: {name} {shape} {how}", count)
            found["rows"] = {table.name: rows(session, table) for table in tables(up, low)}
            found["states after"] = seen(session) if how == "loaded" else None
            session.rollback()
        report(f"{name} {shape} {how}", found)


for how in ("half", "unloaded"):
    step = f"delete parent, keep child {('m2m', CASCADES[3])} {how}"
    differs(step, why="refused by the database, as where it is loaded")
    differs(f"number of statements: {step}", why="refused")
for shape in SHAPES:
    for name in OPERATIONS:
        for how in HOW:
            run(name, shape, how)
