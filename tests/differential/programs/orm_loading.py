# begins with: orders, paths
"""Loader options: the objects that they load, and how many statements it takes."""

from sqlalchemy import (
    select,
)
from sqlalchemy.orm import (
    Load,
    aliased,
    contains_eager,
    defaultload,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    noload,
    raiseload,
    selectinload,
    subqueryload,
    with_loader_criteria,
)

for name in ("o2m", "m2o", "m2m", "chain"):
    differs(f"immediateload {name}: statements", why="one query for all in place of one for each")

for f in (selectinload, joinedload, subqueryload, immediateload, lazyload):
    nm = f.__name__
    q = f.__name__ == "joinedload"
    show(
        nm + " o2m", select(User).options(f(User.addresses)).order_by(User.id), one("addresses"), q
    )
    show(nm + " m2o", select(Address).options(f(Address.user)).order_by(Address.id), one("user"))
    show(
        nm + " m2m",
        select(Order).options(f(Order.items)).order_by(Order.id).limit(4),
        one("items"),
        q,
    )
    show(
        nm + " chain",
        select(User).options(f(User.orders).selectinload(Order.items)).order_by(User.id),
        one("orders", "items"),
        q,
    )
    show(
        nm + " self",
        select(Node).where(Node.parent_id.is_(None)).options(f(Node.children)),
        one("children"),
        q,
    )
show(
    "joined limit",
    select(User).options(joinedload(User.addresses)).order_by(User.name.desc()).limit(2),
    one("addresses"),
    True,
)
show(
    "joined chain",
    select(User).options(joinedload(User.orders).joinedload(Order.items)).order_by(User.id),
    one("orders", "items"),
    True,
)
show("joined inner", select(Address).options(joinedload(Address.user, innerjoin=True)), one("user"))
show(
    "joined inner nested",
    select(User)
    .options(joinedload(User.orders).joinedload(Order.items, innerjoin=True))
    .order_by(User.id),
    one("orders", "items"),
    True,
)
show(
    "two colls",
    select(User).options(joinedload(User.orders), joinedload(User.addresses)).order_by(User.id),
    one("addresses"),
    True,
)
show(
    "contains",
    select(User)
    .join(User.addresses)
    .options(contains_eager(User.addresses))
    .where(Address.email.like("a3%")),
    one("addresses"),
    True,
)
aa = aliased(Address)
show(
    "contains alias",
    select(User)
    .join(User.addresses.of_type(aa))
    .options(contains_eager(User.addresses.of_type(aa)))
    .where(aa.email.like("a3%")),
    one("addresses"),
    True,
)
show(
    "contains alias2",
    select(User)
    .join(aa, User.addresses)
    .options(contains_eager(User.addresses, alias=aa))
    .where(aa.email.like("a3%")),
    one("addresses"),
    True,
)
show(
    "load_only",
    select(User).options(load_only(User.name)).where(User.id < 3),
    lambda r: (shown(r[0]), r[0].fullname, shown(r[0])),
)
show(
    "defer",
    select(User).options(defer(User.fullname)).where(User.id < 3),
    lambda r: (shown(r[0]), r[0].fullname, shown(r[0])),
)
show(
    "sel load_only",
    select(User).options(selectinload(User.addresses).load_only(Address.email)).where(User.id < 4),
    lambda r: [shown(x) for x in r[0].addresses],
)
show(
    "defaultload",
    select(User).options(defaultload(User.addresses).load_only(Address.email)).where(User.id == 3),
    lambda r: [shown(x) for x in r[0].addresses],
)
show(
    "sel and",
    select(User)
    .options(selectinload(User.addresses.and_(Address.email != "a31")))
    .where(User.id == 3),
    one("addresses"),
)
show(
    "sel and2",
    select(User)
    .options(selectinload(User.addresses.and_(Address.email != "a30")))
    .where(User.id == 3),
    one("addresses"),
)
show(
    "joined and",
    select(User)
    .options(joinedload(User.addresses.and_(Address.email != "a31")))
    .where(User.id == 3),
    one("addresses"),
    True,
)
show(
    "joined and2",
    select(User)
    .options(joinedload(User.addresses.and_(Address.email != "a30")))
    .where(User.id == 3),
    one("addresses"),
    True,
)
show(
    "lazy and2",
    select(User).options(lazyload(User.addresses.and_(Address.email != "a30"))).where(User.id == 3),
    one("addresses"),
)
for x in ("a30", "a31"):
    show(
        f"criteria {x}",
        select(User)
        .options(with_loader_criteria(Address, Address.email != x), selectinload(User.addresses))
        .where(User.id == 3),
        one("addresses"),
    )
    show(
        f"criteria lazy {x}",
        select(User).options(with_loader_criteria(Address, Address.email != x)).where(User.id == 3),
        one("addresses"),
    )
    show(
        f"criteria join {x}",
        select(User.id, Address.email)
        .join(User.addresses)
        .options(with_loader_criteria(Address, Address.email != x))
        .where(User.id == 3),
        tuple,
    )
show(
    "criteria top",
    select(Address).options(with_loader_criteria(Address, Address.email != "a20")),
    row,
)
show(
    "recursion",
    select(Node)
    .where(Node.parent_id.is_(None))
    .options(selectinload(Node.children, recursion_depth=-1)),
    one("children", "children"),
)
show(
    "wild lazy",
    select(User)
    .options(Load(User).selectinload(User.addresses), raiseload("*"))
    .where(User.id == 3),
    one("addresses"),
)
show(
    "options",
    select(User)
    .options(selectinload(User.orders).options(selectinload(Order.items), load_only(Order.descr)))
    .where(User.id == 3),
    one("orders", "items"),
)
show(
    "two ents",
    select(User, Order)
    .join(User.orders)
    .options(selectinload(User.addresses), selectinload(Order.items))
    .where(User.id == 3),
    lambda r: (deep(r[0], "addresses"), deep(r[1], "items")),
)
ua = aliased(User)
show(
    "alias opt", select(ua).options(selectinload(ua.addresses)).where(ua.id == 3), one("addresses")
)
show(
    "alias opt j",
    select(ua).options(joinedload(ua.addresses)).where(ua.id == 3),
    one("addresses"),
    True,
)
show("noload", select(User).options(noload(User.addresses)).where(User.id == 3), one("addresses"))
show(
    "yield_per",
    select(User).options(selectinload(User.addresses)).execution_options(yield_per=2),
    one("addresses"),
)
