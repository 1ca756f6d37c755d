# begins with: shop, trees
"""Every way of loading what is related: the same objects, in as many statements or fewer."""

from sqlalchemy import (
    select,
    text,
    union,
)
from sqlalchemy.orm import (
    Load,
    aliased,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    selectinload,
    subqueryload,
)

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
