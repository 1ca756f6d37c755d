"""Objects that are there: met again, expired, refreshed, detached."""

import warnings
from typing import List, Optional

from sqlalchemy import Column, ForeignKey, Integer, Table, create_engine, select, text, update
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    contains_eager,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    mapped_column,
    noload,
    raiseload,
    relationship,
    selectinload,
    subqueryload,
    undefer,
    undefer_group,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


oi = Table(
    "order_item",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True),
    Column("pos", Integer),
)


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    full: Mapped[Optional[str]]
    note: Mapped[Optional[str]] = mapped_column(deferred=True)
    bio: Mapped[Optional[str]] = mapped_column(deferred=True, deferred_group="g")
    pic: Mapped[Optional[str]] = mapped_column(deferred=True, deferred_group="g")
    sec: Mapped[Optional[str]] = mapped_column(deferred=True, deferred_raiseload=True)
    addresses: Mapped[List["Address"]] = relationship(back_populates="user", order_by="Address.id")
    orders: Mapped[List["Order"]] = relationship(back_populates="user", order_by="Order.id")
    profile: Mapped[Optional["Profile"]] = relationship(back_populates="user", uselist=False)


class Profile(Base):
    __tablename__ = "profile"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped["User"] = relationship(back_populates="profile")


class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[Optional[User]] = relationship(back_populates="addresses")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    descr: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    addr_id: Mapped[Optional[int]] = mapped_column(ForeignKey("address.id"))
    user: Mapped[User] = relationship(back_populates="orders")
    addr: Mapped[Optional[Address]] = relationship()
    items: Mapped[List["Item"]] = relationship(
        secondary=oi, back_populates="orders", order_by=oi.c.pos
    )


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[List[Order]] = relationship(
        secondary=oi, back_populates="items", order_by="Order.id"
    )
    keywords: Mapped[List["Keyword"]] = relationship(back_populates="item", order_by="Keyword.id")


class Keyword(Base):
    __tablename__ = "keyword"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    item: Mapped[Item] = relationship(back_populates="keywords")


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"))
    children: Mapped[List["Node"]] = relationship(back_populates="parent", order_by="Node.id")
    parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])


engine = create_engine("sqlite://")


def setup():
    Base.metadata.create_all(engine)
    s = Session(engine)
    items = [
        Item(
            id=i,
            name=f"i{i}",
            keywords=[Keyword(id=i * 10 + k, name=f"k{i}{k}") for k in range(i % 3)],
        )
        for i in range(1, 6)
    ]
    s.add_all(items)
    s.flush()
    for u in range(1, 5):
        s.add(
            User(
                id=u,
                name=f"u{u}",
                full=f"U {u}",
                note=f"n{u}",
                bio=f"b{u}",
                pic=f"p{u}",
                sec=f"s{u}",
                addresses=[Address(id=u * 10 + k, email=f"a{u}{k}") for k in range(u - 1)],
                profile=Profile(id=u, text=f"pr{u}") if u % 2 else None,
                orders=[Order(id=u * 10 + k, descr=f"o{u}{k}") for k in range(3)],
            )
        )
    s.flush()
    for u in range(1, 5):
        for k in range(3):
            for n, it in enumerate(items[k : k + 2 + u % 2]):
                s.execute(oi.insert().values(order_id=u * 10 + k, item_id=it.id, pos=-n))
    s.execute(update(Order).where(Order.id.in_([30, 31])).values(addr_id=30))
    s.execute(update(Order).where(Order.id == 40).values(addr_id=20))
    s.add(
        Node(
            id=1,
            name="root",
            children=[
                Node(
                    id=2,
                    name="a",
                    children=[Node(id=4, name="aa", children=[Node(id=6, name="aaa")])],
                ),
                Node(id=3, name="b", children=[Node(id=5, name="ba")]),
            ],
        )
    )
    s.commit()
    s.close()


setup()
s = Session(engine)


def shown(one):
    if hasattr(one, "__table__"):
        values = sorted(key for key in vars(one) if key[0] != "_")
        return (type(one).__name__, vars(one).get("id"), values)
    return one


def tree(one, depth=6):
    """what is loaded, with no further loading"""
    if one is None:
        return None
    if not hasattr(one, "__table__"):
        return one
    out = [type(one).__name__, vars(one).get("id")]
    if depth == 0:
        return out
    for key in sorted(vars(one)):
        if key[0] == "_":
            continue
        v = vars(one)[key]
        if isinstance(v, list):
            out.append((key, [tree(x, depth - 1) for x in v]))
        elif hasattr(v, "__table__"):
            out.append((key, tree(v, depth - 1)))
        else:
            out.append(key)
    return out


def tables(sql):
    import re

    return sorted(re.findall("(?:FROM|JOIN) (\\w+)", sql))


def show(name, statement, look=None, uniq=False, fresh=True, opts=None, strict=True):
    if fresh:
        s.expunge_all()
    sent()

    def run():
        result = s.execute(statement, execution_options=opts or {})
        if uniq:
            result = result.unique()
        return [
            str(tuple(tree(x) for x in r) if look is None else look(r)).replace("'", "")
            for r in result.all()
        ]

    attempt(name, run)
    report(f"{name}: statements", len(sent()))


for name in ("raisecol then plain", "raisecol then plain: statements"):
    differs(name, why="a refusal holds until the object is loaded anew")
for name in (
    "plain refresh ['addresses']: statements",
    "plain refresh ['profile']: statements",
    "sel expire q2 only read: statements",
    "sel refresh ['addresses']: statements",
    "sel refresh ['profile']: statements",
    "joined refresh ['profile']: statements",
    "defer refresh ['addresses']: statements",
    "defer refresh ['profile']: statements",
    "undefer refresh ['addresses']: statements",
    "undefer refresh ['profile']: statements",
    "only refresh ['addresses']: statements",
    "only refresh ['profile']: statements",
    "group refresh ['addresses']: statements",
    "group refresh ['profile']: statements",
    "raise refresh ['addresses']: statements",
    "raise refresh ['profile']: statements",
    "refresh m2o",
):
    differs(name, why="one query for all owners in place of one for each")
for name in (
    "sel expire q2 only read",
    "joined expire q2 only read",
    "undefer expire q2 only read",
    "group expire q2 only read",
):
    differs(name, why="what one query has left out is read alone")
for name in ("defer expire two", "only expire two"):
    differs(name, why="what a statement has left out stays so until all expires")
differs("group refresh None", why="the group that a statement has asked for is refreshed as well")
for name in ("refresh bad", "expire bad"):
    differs(name, why="the error is documented, and names class and nearest attribute")


def seq(name, q1, q2, f, opts2=None):
    s.expunge_all()

    def run():
        a = s.execute(q1).unique().all()
        s.execute(q2, execution_options=opts2 or {}).unique().all()
        sent()
        return str(f(a[0][0])).replace("'", "")

    attempt(name, run)
    report(name + ": statements", len(sent()))


u3 = select(User).where(User.id == 3)
seq(
    "then raise",
    u3,
    u3.options(raiseload(User.addresses)),
    lambda u: [tree(x) for x in u.addresses],
)
seq(
    "raise then plain",
    u3.options(raiseload(User.addresses)),
    u3,
    lambda u: [tree(x) for x in u.addresses],
)
seq(
    "raise then lazy",
    u3.options(raiseload(User.addresses)),
    u3.options(lazyload(User.addresses)),
    lambda u: [tree(x) for x in u.addresses],
)
seq(
    "raise then lazy only",
    u3.options(raiseload(User.addresses)),
    u3.options(lazyload(User.addresses).load_only(Address.email)),
    lambda u: [tree(x) for x in u.addresses],
)
seq(
    "then lazy only",
    u3,
    u3.options(lazyload(User.addresses).load_only(Address.email)),
    lambda u: [tree(x) for x in u.addresses],
)
seq("then sel", u3, u3.options(selectinload(User.addresses)), tree)
seq("then joined", u3, u3.options(joinedload(User.addresses)), tree)
seq("then noload", u3, u3.options(noload(User.addresses)), tree)
seq("then immediate", u3, u3.options(immediateload(User.addresses)), tree)
seq("then subq", u3, u3.options(subqueryload(User.addresses)), tree)
seq(
    "raise then sel",
    u3.options(raiseload(User.addresses)),
    u3.options(selectinload(User.addresses)),
    tree,
)
seq(
    "raise then pop",
    u3.options(raiseload(User.addresses)),
    u3,
    lambda u: [tree(x) for x in u.addresses],
    {"populate_existing": True},
)
seq(
    "plain then pop raise",
    u3,
    u3.options(raiseload(User.addresses)),
    lambda u: [tree(x) for x in u.addresses],
    {"populate_existing": True},
)
seq(
    "loaded then pop",
    u3.options(selectinload(User.addresses)),
    u3,
    tree,
    {"populate_existing": True},
)
seq(
    "loaded then pop sel",
    u3.options(selectinload(User.addresses)),
    u3.options(selectinload(User.addresses)),
    tree,
    {"populate_existing": True},
)
seq(
    "loaded then pop joined",
    u3.options(selectinload(User.addresses)),
    u3.options(joinedload(User.addresses.and_(Address.id == 30))),
    tree,
    {"populate_existing": True},
)
seq(
    "loaded then sel filter",
    u3.options(selectinload(User.addresses)),
    u3.options(selectinload(User.addresses.and_(Address.id == 30))),
    tree,
)
seq(
    "loaded then contains",
    u3.options(selectinload(User.addresses)),
    u3.join(User.addresses).where(Address.id == 30).options(contains_eager(User.addresses)),
    tree,
)
seq(
    "loaded then contains pop",
    u3.options(selectinload(User.addresses)),
    u3.join(User.addresses).where(Address.id == 30).options(contains_eager(User.addresses)),
    tree,
    {"populate_existing": True},
)
seq("defer then full", u3.options(defer(User.full)), u3, tree)
seq("full then defer", u3, u3.options(defer(User.full)), tree)
seq("full then defer pop", u3, u3.options(defer(User.full)), tree, {"populate_existing": True})
seq("defer then undefer note", u3, u3.options(undefer(User.note)), tree)
seq("defer then only", u3.options(defer(User.full)), u3.options(load_only(User.full)), tree)
seq(
    "raisecol then plain",
    u3.options(defer(User.full, raiseload=True)),
    u3.options(defer(User.full)),
    lambda u: u.full,
)
seq(
    "col then raise",
    u3.options(defer(User.full)),
    u3.options(defer(User.full, raiseload=True)),
    lambda u: u.full,
)
seq(
    "sel below existing",
    u3.options(selectinload(User.orders)),
    u3.options(selectinload(User.orders).selectinload(Order.items)),
    tree,
)
seq(
    "joined below existing",
    u3.options(selectinload(User.orders)),
    u3.options(joinedload(User.orders).joinedload(Order.items)),
    tree,
)
seq(
    "joined m2o existing",
    select(Address).where(Address.id == 30),
    select(Address)
    .options(joinedload(Address.user).selectinload(User.orders))
    .where(Address.id == 30),
    tree,
)
seq(
    "sel m2o below at hand",
    select(User),
    select(Address)
    .options(selectinload(Address.user).selectinload(User.orders))
    .where(Address.id == 30),
    lambda u: tree(s.get(User, 3)),
)
seq(
    "sel m2o below at hand2",
    select(User),
    select(Address)
    .options(joinedload(Address.user).selectinload(User.orders))
    .where(Address.id == 30),
    lambda u: tree(s.get(User, 3)),
)
seq(
    "sel m2o at hand only",
    select(User),
    select(Address)
    .options(selectinload(Address.user).load_only(User.name))
    .where(Address.id == 30),
    lambda u: tree(s.get(User, 3)),
)


def expd(name, q, names, f, q2=None):
    s.expunge_all()

    def run():
        u = s.execute(q).unique().all()[0][0]
        s.expire(u, names)
        if q2 is not None:
            s.execute(q2).unique().all()
        sent()
        return str(f(u)).replace("'", "")

    attempt(name, run)
    report(name + ": statements", len(sent()))


for nm, q in (
    ("plain", u3),
    ("sel", u3.options(selectinload(User.addresses))),
    ("joined", u3.options(joinedload(User.addresses))),
    ("defer", u3.options(defer(User.full))),
    ("undefer", u3.options(undefer(User.note))),
    ("only", u3.options(load_only(User.name))),
    ("group", u3.options(undefer_group("g"))),
    ("raise", u3.options(raiseload("*"))),
):
    expd(nm + " expire all name", q, None, lambda u: (u.name, tree(u)))
    expd(nm + " expire name", q, ["name"], lambda u: (u.name, tree(u)))
    expd(nm + " expire two", q, ["name", "full"], lambda u: (u.name, tree(u)))
    expd(
        nm + " expire addresses", q, ["addresses"], lambda u: ([a.id for a in u.addresses], tree(u))
    )
    expd(nm + " expire addresses name", q, ["addresses", "name"], lambda u: (u.name, tree(u)))
    expd(nm + " expire note", q, ["note"], lambda u: (u.name, tree(u)))
    expd(nm + " expire note read", q, ["note"], lambda u: (u.note, tree(u)))
    expd(nm + " expire all note", q, None, lambda u: (u.note, tree(u)))
    expd(nm + " expire all bio", q, None, lambda u: (u.bio, tree(u)))
    expd(nm + " expire q2", q, None, tree, q2=u3)
    expd(nm + " expire q2 only", q, None, tree, q2=u3.options(load_only(User.name)))
    expd(
        nm + " expire q2 only read",
        q,
        None,
        lambda u: (u.full, tree(u)),
        q2=u3.options(load_only(User.name)),
    )
    for rn in (
        None,
        ["name"],
        ["addresses"],
        ["name", "addresses"],
        ["note"],
        ["bio"],
        ["profile"],
    ):
        s.expunge_all()

        def run():
            u = s.execute(q).unique().all()[0][0]
            sent()
            s.refresh(u, rn)
            return str(tree(u)).replace("'", "")

        attempt(f"{nm} refresh {rn}", run)
        report(f"{nm} refresh {rn}: statements", len(sent()))
s.expunge_all()


def bad(n):
    u = s.get(User, 3)
    s.refresh(u, n)


attempt("refresh bad", lambda: bad(["nope"]))
attempt("expire bad", lambda: s.expire(s.get(User, 3), ["nope"]))
attempt("refresh empty", lambda: bad([]))
a = None


def m2o_refresh():
    s.expunge_all()
    a = s.get(Address, 30)
    a.user
    sent()
    s.refresh(a, ["user"])
    return (tree(a, 1), len(sent()))


attempt("refresh m2o", m2o_refresh)


def m2o_refresh2():
    s.expunge_all()
    a = s.get(Address, 30)
    a.user
    sent()
    s.refresh(a)
    return (sorted(k for k in vars(a) if k[0] != "_"), len(sent()))


attempt("refresh m2o all", m2o_refresh2)


def gone():
    s.expunge_all()
    a = s.get(Address, 30)
    s.expire(a)
    s.execute(text("delete from address where id=30"))
    try:
        return a.email
    finally:
        s.rollback()


attempt("row gone", gone)


def gone2():
    s.expunge_all()
    a = s.get(Address, 30)
    s.execute(text("delete from address where id=30"))
    try:
        s.refresh(a)
    finally:
        s.rollback()


attempt("row gone refresh", gone2)


def det(f, q=None, names=None):
    s.expunge_all()
    u = s.execute(u3 if q is None else q).unique().all()[0][0]
    if names is not None:
        s.expire(u, names or None)
    s.expunge(u)
    return f(u)


attempt("detached lazy", lambda: det(lambda u: u.addresses))
attempt("detached o2o", lambda: det(lambda u: u.profile))
attempt("detached deferred", lambda: det(lambda u: u.note))
attempt("detached expired", lambda: det(lambda u: u.name, names=[]))
attempt("detached expired rel", lambda: det(lambda u: u.addresses, names=[]))
attempt("detached raise", lambda: det(lambda u: u.addresses, u3.options(raiseload(User.addresses))))
attempt("detached noload", lambda: det(lambda u: u.addresses, u3.options(noload(User.addresses))))
attempt(
    "detached loaded",
    lambda: det(lambda u: [a.id for a in u.addresses], u3.options(selectinload(User.addresses))),
)
attempt("detached m2o null", lambda: det(lambda u: u.addr, select(Order).where(Order.id == 10)))
attempt("detached m2o", lambda: det(lambda u: u.addr, select(Order).where(Order.id == 30)))
attempt("detached refresh", lambda: s.refresh(det(lambda u: u)))
attempt(
    "transient rel",
    lambda: (User(name="x").addresses, User(name="x").profile, User(name="x").name, User().note),
)


def nullfk():
    s.expunge_all()
    o = s.get(Order, 10)
    sent()
    return (o.addr, len(sent()))


attempt("m2o null no sql", nullfk)


def athand():
    s.expunge_all()
    k = s.get(User, 3)
    o = s.get(Order, 30)
    sent()
    return (o.user is k, len(sent()))


attempt("m2o at hand no sql", athand)


def pend():
    s.expunge_all()
    o = Order(id=99, descr="x", user_id=3)
    s.add(o)
    with s.no_autoflush:
        r = o.user
    s.rollback()
    return r


attempt("pending m2o", pend)


def changed():
    s.expunge_all()
    o = s.get(Order, 30)
    o.user_id = 2
    with s.no_autoflush:
        r = o.user.id
    s.rollback()
    return r


attempt("changed fk lazy", changed)


def changed2():
    s.expunge_all()
    o = s.get(Order, 30)
    o.user
    o.user_id = 2
    s.flush()
    r = [o.user.id]
    s.expire(o, ["user"])
    r.append(o.user.id)
    s.rollback()
    return r


attempt("changed fk flushed", changed2)
