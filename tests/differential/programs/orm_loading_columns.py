"""Columns that are left out, rows that are streamed, collections taken from what is joined."""

import warnings
from typing import List, Optional

from sqlalchemy import Column, ForeignKey, Integer, Table, create_engine, select, text, update
from sqlalchemy.orm import (
    DeclarativeBase,
    Load,
    Mapped,
    Session,
    aliased,
    contains_eager,
    defaultload,
    defer,
    immediateload,
    joinedload,
    load_only,
    mapped_column,
    noload,
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


differs("only no fk m2o", why="the key that the next query needs is read with the others")
for name in (
    "yp sub opt",
    "yp sub opt: statements",
    "yp sel sub opt",
    "yp sel sub opt: statements",
):
    differs(name, why="subqueryload() names owners by their keys, and can be streamed")
differs("yp imm opt: statements", why="one query for all owners in place of one for each")
u3 = select(User).where(User.id == 3)
for nm, o in (
    ("defer", lambda: defer(User.full)),
    ("defer raise", lambda: defer(User.full, raiseload=True)),
    ("undefer", lambda: undefer(User.note)),
    ("undefer *", lambda: undefer("*")),
    ("defer *", lambda: defer("*")),
    ("group", lambda: undefer_group("g")),
    ("only", lambda: load_only(User.name)),
    ("only two", lambda: load_only(User.name, User.note)),
    ("only raise", lambda: load_only(User.name, raiseload=True)),
    ("Load only", lambda: Load(User).load_only(User.name)),
    ("Load defer *", lambda: Load(User).defer("*")),
    ("Load chain", lambda: Load(User).defer(User.name).undefer(User.note)),
    ("only pk", lambda: load_only(User.id)),
    ("undefer sec", lambda: undefer(User.sec)),
    ("defer pk", lambda: defer(User.id)),
    ("undefer raise col", lambda: undefer("*")),
):
    show(nm, u3.options(o()))

    def t(attr):
        s.expunge_all()
        u = s.scalars(u3.options(o())).one()
        sent()
        v = getattr(u, attr)
        return (v, len(sent()), str(tree(u)))

    for attr in ("name", "full", "note", "bio", "sec"):
        attempt(f"{nm} read {attr}", lambda: t(attr))
show("combo only + undefer", u3.options(load_only(User.name), undefer(User.note)))
show("combo only + only", u3.options(load_only(User.name), load_only(User.full)))
show("combo defer * undefer", u3.options(defer("*"), undefer(User.full)))
show("combo undefer defer *", u3.options(undefer(User.full), defer("*")))
show("combo undefer * defer", u3.options(undefer("*"), defer(User.full)))
show("combo Load defer * undefer", u3.options(Load(User).defer("*"), undefer(User.full)))
show("below defer *", u3.options(selectinload(User.addresses), defer("*")))
show(
    "below undefer *",
    select(Address).where(Address.id == 30).options(selectinload(Address.user), undefer("*")),
)
show(
    "below undefer * j",
    select(Address).where(Address.id == 30).options(joinedload(Address.user), undefer("*")),
)
show(
    "below chain undefer *",
    select(Address).where(Address.id == 30).options(joinedload(Address.user).undefer("*")),
)
show("below defer * j", u3.options(joinedload(User.addresses), defer("*")), uniq=True)
show("joined only", u3.options(joinedload(User.addresses).load_only(Address.email)), uniq=True)
show("joined defer", u3.options(joinedload(User.addresses).defer(Address.email)), uniq=True)
show("default only", u3.options(defaultload(User.addresses).load_only(Address.email)), uniq=True)
show("sel only fk", u3.options(selectinload(User.addresses).load_only(Address.id)), uniq=True)
show(
    "only no fk m2o",
    select(Order).where(Order.id == 30).options(load_only(Order.descr), selectinload(Order.addr)),
)
show(
    "only no fk m2o j",
    select(Order).where(Order.id == 30).options(load_only(Order.descr), joinedload(Order.addr)),
)


def lz():
    s.expunge_all()
    o = s.scalars(select(Order).where(Order.id == 30).options(load_only(Order.descr))).one()
    sent()
    r = o.addr.id
    return (r, len(sent()), str(tree(o)))


attempt("only no fk lazy", lz)
attempt(
    "conflict defer undefer", lambda: s.execute(u3.options(defer(User.full), undefer(User.full)))
)
attempt("bad group", lambda: str(tree(s.scalars(u3.options(undefer_group("zz"))).one())))


def yp(name, q, n=2, how="opt"):
    s.expunge_all()
    sent()

    def run():
        if how == "opt":
            r = s.scalars(q, execution_options={"yield_per": n})
        elif how == "stmt":
            r = s.scalars(q.execution_options(yield_per=n))
        elif how == "result":
            r = s.scalars(q).yield_per(n)
        elif how == "part":
            return [[x.id for x in p] for p in s.scalars(q).yield_per(n).partitions()]
        elif how == "uniq":
            r = s.scalars(q, execution_options={"yield_per": n}).unique()
        out = []
        for x in r:
            out.append(str(tree(x)).replace("'", ""))
        return out

    attempt(name, run)
    report(name + ": statements", len(sent()))


uq = select(User).order_by(User.id)
for how in ("opt", "stmt", "result", "part", "uniq"):
    yp(f"yp plain {how}", uq, how=how)
    yp(f"yp sel {how}", uq.options(selectinload(User.addresses)), how=how)
    yp(
        f"yp m2o joined {how}",
        select(Address).options(joinedload(Address.user)).order_by(Address.id),
        how=how,
    )
for nm, o in (
    ("joined", lambda: joinedload(User.addresses)),
    ("sub", lambda: subqueryload(User.addresses)),
    ("imm", lambda: immediateload(User.addresses)),
    ("sel below", lambda: selectinload(User.orders).selectinload(Order.items)),
    ("sel joined", lambda: selectinload(User.orders).joinedload(Order.items)),
    ("sel sub", lambda: selectinload(User.orders).subqueryload(Order.items)),
    ("noload", lambda: noload(User.addresses)),
):
    for how in ("opt", "uniq"):
        yp(f"yp {nm} {how}", uq.options(o()), how=how)
yp(
    "yp contains",
    select(User).join(User.addresses).options(contains_eager(User.addresses)).order_by(User.id),
)
yp(
    "yp joined below m2o",
    select(Address).options(joinedload(Address.user).joinedload(User.orders)).order_by(Address.id),
)


def stop():
    s.expunge_all()
    sent()
    r = s.scalars(uq.options(selectinload(User.addresses)), execution_options={"yield_per": 1})
    a = next(iter(r))
    n = len(sent())
    r.close()
    return (a.id, n)


attempt("yp stop", stop)
JOINED = " from user_account u join address a on a.user_id=u.id where u.id=3"
ad = aliased(Address)
ua = aliased(User)
show(
    "ce",
    select(User)
    .join(User.addresses)
    .options(contains_eager(User.addresses))
    .order_by(User.id, Address.id),
    uniq=True,
)
show(
    "ce outer",
    select(User)
    .outerjoin(User.addresses)
    .options(contains_eager(User.addresses))
    .order_by(User.id, Address.id),
    uniq=True,
)
show(
    "ce filter",
    select(User)
    .join(User.addresses)
    .where(Address.id == 30)
    .options(contains_eager(User.addresses)),
    uniq=True,
)
show(
    "ce alias",
    select(User)
    .join(ad, User.addresses)
    .where(ad.id == 30)
    .options(contains_eager(User.addresses, alias=ad)),
    uniq=True,
)
show(
    "ce of_type",
    select(User)
    .join(User.addresses.of_type(ad))
    .where(ad.id == 30)
    .options(contains_eager(User.addresses.of_type(ad))),
    uniq=True,
)
show(
    "ce m2o",
    select(Address).join(Address.user).options(contains_eager(Address.user)).order_by(Address.id),
)
show(
    "ce chain",
    select(User)
    .join(User.orders)
    .join(Order.items)
    .options(contains_eager(User.orders).contains_eager(Order.items))
    .where(Item.id == 1)
    .order_by(User.id, Order.id),
    uniq=True,
)
show(
    "ce chain args",
    select(User)
    .join(User.orders)
    .join(Order.items)
    .options(contains_eager(User.orders, Order.items))
    .where(Item.id == 1)
    .order_by(User.id, Order.id),
    uniq=True,
)
show(
    "ce sel below",
    select(User)
    .join(User.orders)
    .options(contains_eager(User.orders).selectinload(Order.items))
    .where(Order.id == 30),
    uniq=True,
)
show(
    "ce joined below",
    select(User)
    .join(User.orders)
    .options(contains_eager(User.orders).joinedload(Order.items))
    .where(Order.id == 30),
    uniq=True,
)
show(
    "ce load_only",
    select(User)
    .join(User.orders)
    .options(contains_eager(User.orders).load_only(Order.descr))
    .where(Order.id == 30),
    uniq=True,
)
show(
    "ce options",
    select(User)
    .join(User.orders)
    .options(contains_eager(User.orders).options(load_only(Order.descr), selectinload(Order.items)))
    .where(Order.id == 30),
    uniq=True,
)
sub = select(Address).where(Address.id == 30).subquery()
sa_ = aliased(Address, sub)
show(
    "ce subquery",
    select(User).join(sa_, User.addresses).options(contains_eager(User.addresses, alias=sa_)),
    uniq=True,
)
show(
    "ce sub table",
    select(User)
    .join(sub, sub.c.user_id == User.id)
    .options(contains_eager(User.addresses, alias=sub)),
    uniq=True,
)
show(
    "ce table alias",
    (
        lambda t: (
            select(User)
            .join(t, t.c.user_id == User.id)
            .options(contains_eager(User.addresses, alias=t))
            .where(t.c.id == 30)
        )
    )(Address.__table__.alias()),
    uniq=True,
)
show(
    "ce alias root",
    select(ua).join(ua.addresses).options(contains_eager(ua.addresses)).where(Address.id == 30),
    uniq=True,
)
show(
    "ce self",
    (
        lambda n: (
            select(Node)
            .join(n, Node.children)
            .options(contains_eager(Node.children.of_type(n)))
            .order_by(Node.id, n.id)
        )
    )(aliased(Node)),
    uniq=True,
)
show(
    "ce limit",
    select(User)
    .join(User.addresses)
    .options(contains_eager(User.addresses))
    .order_by(User.id, Address.id)
    .limit(2),
    uniq=True,
)
show(
    "ce from text",
    select(User).from_statement(text('select u.id, u.name, u."full", a.id as a_id' + JOINED)),
    uniq=True,
)
show(
    "ce textual cols",
    select(User)
    .from_statement(
        text("select u.id, u.name, a.id, a.email, a.user_id" + JOINED).columns(
            User.id, User.name, Address.id, Address.email, Address.user_id
        )
    )
    .options(contains_eager(User.addresses)),
    uniq=True,
)
show(
    "ce two",
    select(User)
    .join(User.addresses)
    .join(User.orders)
    .options(contains_eager(User.addresses), contains_eager(User.orders))
    .where(User.id == 3),
    uniq=True,
)
show(
    "ce group",
    select(User)
    .join(User.addresses)
    .distinct()
    .options(contains_eager(User.addresses))
    .order_by(User.id),
    uniq=True,
)
