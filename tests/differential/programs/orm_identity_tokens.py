"""Objects of the same key, told apart by a token."""

from sqlalchemy import ForeignKey, create_engine, inspect, select, update
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    make_transient,
    make_transient_to_detached,
    mapped_column,
    relationship,
    selectinload,
)
from sqlalchemy.orm.util import identity_key


class Base(DeclarativeBase):
    pass


class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    big: Mapped[str | None] = mapped_column(deferred=True)
    cs: Mapped[list["C"]] = relationship(back_populates="p")


class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    pid: Mapped[int | None] = mapped_column(ForeignKey("p.id"))
    p: Mapped[P | None] = relationship(back_populates="cs")


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as s:
    s.add_all([P(id=1, x=1, big="b", cs=[C(id=1), C(id=2)]), P(id=2, x=2)])
    s.commit()
s = Session(engine)
sent()


def key(found):
    told = inspect(found).identity_key
    return told and (told[0].__name__, told[1], told[2])


def step(name, function, *arguments, **options):
    attempt(name, function, *arguments, **options)
    report(f"number of statements for {name}", len(sent()))


token = {"execution_options": {"identity_token": "a"}}
a = s.get(P, 1, identity_token="a")
b = s.get(P, 1, identity_token="b")
plain = s.get(P, 1)
step("three objects", lambda: (a is b, a is plain, key(a), key(b), key(plain)))
step("again", lambda: s.get(P, 1, identity_token="a") is a and s.get(P, 1) is plain)
step("state", lambda: (inspect(a).identity_token, inspect(plain).identity_token))
step("map", lambda: sorted(str(found[2]) for found in s.identity_map))
step("selected", lambda: s.scalars(select(P).where(P.id == 1), **token).one() is a)
own = select(P).where(P.id == 1).execution_options(identity_token="b")
step("selected by its own option", lambda: s.scalars(own).one() is b)
step("new ones", lambda: [key(one) for one in s.scalars(select(C).order_by(C.id), **token)])
step("query", lambda: s.query(P).execution_options(identity_token="a").filter_by(id=1).one() is a)
step("lazy collection", lambda: [key(one) for one in a.cs])
step("deferred", lambda: a.big)
step("expired", lambda: (s.expire(a), a.x))
step("refreshed", lambda: (s.refresh(a), key(a)))
joined = select(P).where(P.id == 1).options(joinedload(P.cs))
options = {"identity_token": "j"}
step("joined", lambda: key(s.scalars(joined, execution_options=options).unique().one().cs[0]))
selectin = select(P).where(P.id == 1).options(selectinload(P.cs))
options_k = {"identity_token": "k"}
step("selectin", lambda: key(s.scalars(selectin, execution_options=options_k).one().cs[0]))
step("get_one", lambda: key(s.get_one(P, 2, identity_token="g")))
step("by option of get", lambda: key(s.get(P, 2, execution_options={"identity_token": "e"})))
step("identity_key", lambda: identity_key(P, 1, identity_token="q")[1:])
step("of the session", lambda: Session.identity_key(P, 1, identity_token="q")[1:])
step("of an instance", lambda: Session.identity_key(instance=a)[1:])
step("of a mapper", lambda: inspect(P).identity_key_from_primary_key((1,), "r")[1:])


def new():
    made = P(id=10)
    inspect(made).identity_token = "n"
    s.add(made)
    s.flush()
    return key(made)


def merged():
    found = s.get(P, 2, identity_token="m")
    s.expunge(found)
    return key(s.merge(found))


def deleted():
    found, other = s.get(P, 2, identity_token="d"), s.get(P, 2)
    s.delete(found)
    s.flush()
    told = inspect(found).deleted, inspect(other).persistent
    s.rollback()
    return told


def detached():
    made = P(id=2)
    make_transient_to_detached(made)
    return key(made)


def transient():
    found = s.get(P, 2, identity_token="t")
    make_transient(found)
    return key(found)


def updated():
    one, two = s.get(P, 1, identity_token="u"), s.get(P, 1, identity_token="v")
    change = update(P).where(P.id == 1).values(x=99)
    s.execute(change, execution_options={"identity_token": "u"})
    return one.x, two.x


step("new", new)
step("merged", merged)
step("deleted", deleted)
step("detached", detached)
step("transient", transient)
step("updated", updated)
