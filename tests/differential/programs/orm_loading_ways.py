"""Every way of loading what is related: the same objects, in as many statements or fewer."""

import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Table,
    create_engine,
    select,
    text,
    union,
    update,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Load,
    Mapped,
    Session,
    aliased,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
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


for name in (
    "joinedload from_stmt",
    "joinedload from_stmt: statements",
    "joinedload union",
    "joinedload union: statements",
    "subqueryload from_stmt",
    "subqueryload from_stmt: statements",
    "subqueryload union",
    "subqueryload union: statements",
    "immediateload union: statements",
):
    differs(
        name,
        why="statements that are given as they are get related objects, too, by one more query",
    )
for name in (
    "immediateload o2m: statements",
    "immediateload m2o: statements",
    "immediateload o2o: statements",
    "immediateload m2m: statements",
    "immediateload chain: statements",
    "immediateload chain3: statements",
    "immediateload chain same: statements",
    "immediateload self2: statements",
    "immediateload limit: statements",
    "immediateload limit m2m: statements",
    "immediateload distinct: statements",
    "immediateload group: statements",
    "immediateload cols: statements",
    "immediateload two roots: statements",
    "immediateload aliased sub: statements",
):
    differs(name, why="one query for all owners in place of one for each")
differs("immediateload and", why="the condition of the option holds for immediateload(), too")
for f in (selectinload, joinedload, subqueryload, immediateload, lazyload):
    nm = f.__name__
    q = True
    show(nm + " o2m", select(User).options(f(User.addresses)).order_by(User.id), uniq=q)
    show(nm + " m2o", select(Address).options(f(Address.user)).order_by(Address.id), uniq=q)
    show(nm + " o2o", select(User).options(f(User.profile)).order_by(User.id), uniq=q)
    show(nm + " m2m", select(Order).options(f(Order.items)).order_by(Order.id), uniq=q)
    show(
        nm + " chain",
        select(User).options(f(User.orders).selectinload(Order.items)).order_by(User.id),
        uniq=q,
    )
    show(
        nm + " chain3",
        select(User)
        .options(f(User.orders).selectinload(Order.items).joinedload(Item.keywords))
        .order_by(User.id),
        uniq=q,
    )
    show(
        nm + " chain same",
        select(User).options(getattr(f(User.orders), nm)(Order.items)).order_by(User.id),
        uniq=q,
    )
    show(
        nm + " self", select(Node).where(Node.parent_id.is_(None)).options(f(Node.children)), uniq=q
    )
    show(
        nm + " self2",
        select(Node)
        .where(Node.parent_id.is_(None))
        .options(getattr(f(Node.children), nm)(Node.children)),
        uniq=q,
    )
    show(
        nm + " self parent",
        select(Node).where(Node.id == 4).options(getattr(f(Node.parent), nm)(Node.parent)),
        uniq=q,
    )
    show(nm + " wild", select(User).options(f("*")).where(User.id == 3), uniq=q)
    show(
        nm + " wild load",
        select(User).options(getattr(Load(User), nm)("*")).where(User.id == 3),
        uniq=q,
    )
    show(
        nm + " limit",
        select(User).options(f(User.addresses)).order_by(User.name.desc()).limit(2),
        uniq=q,
    )
    show(
        nm + " limit m2m",
        select(Order).options(f(Order.items)).order_by(Order.descr.desc()).limit(2).offset(1),
        uniq=q,
    )
    show(
        nm + " and",
        select(User).options(f(User.addresses.and_(Address.email != "a31"))).where(User.id == 3),
        uniq=q,
    )
    show(
        nm + " twice path",
        select(User)
        .options(f(User.orders).options(selectinload(Order.items), selectinload(Order.addr)))
        .where(User.id == 3),
        uniq=q,
    )
    show(
        nm + " distinct",
        select(User).distinct().options(f(User.addresses)).join(User.orders).order_by(User.id),
        uniq=q,
    )
    show(
        nm + " group",
        select(User).group_by(User.id).options(f(User.addresses)).order_by(User.id),
        uniq=q,
    )
    show(nm + " cols", select(User.name, User).options(f(User.addresses)).order_by(User.id), uniq=q)
    show(
        nm + " two roots",
        select(User, Order)
        .join(User.orders)
        .options(f(User.addresses), f(Order.items))
        .where(User.id == 2)
        .order_by(Order.id),
        uniq=q,
    )
    ua = aliased(User)
    show(nm + " alias", select(ua).options(f(ua.addresses)).where(ua.id == 3), uniq=q)
    ad = aliased(Address)
    show(
        nm + " of_type alias",
        select(User).options(f(User.addresses.of_type(ad))).where(User.id == 3),
        uniq=q,
    )
    show(
        nm + " lim filter join",
        select(User)
        .join(User.orders)
        .options(f(User.addresses))
        .where(Order.descr == "o31")
        .order_by(Order.descr)
        .limit(1),
        uniq=q,
    )
    show(nm + " one", select(User).options(f(User.addresses)).where(User.id == 1), uniq=q)
    show(
        nm + " from_stmt",
        select(User)
        .from_statement(text('select id, name, "full" from user_account where id=3'))
        .options(f(User.addresses)),
        uniq=q,
    )
    show(
        nm + " union",
        select(User)
        .from_statement(
            union(select(User).where(User.id == 1), select(User).where(User.id == 3)).order_by("id")
        )
        .options(f(User.addresses)),
        uniq=q,
    )
    sub = select(User).where(User.id > 2).subquery()
    us = aliased(User, sub)
    show(nm + " aliased sub", select(us).options(f(us.addresses)).order_by(us.id), uniq=q)
    show(
        nm + " legacy",
        select(User).options(f(User.addresses).defer(Address.email)).where(User.id == 3),
        uniq=q,
    )
    show(
        nm + " only",
        select(User)
        .options(load_only(User.name), f(User.addresses).load_only(Address.email))
        .where(User.id == 3),
        uniq=q,
    )
