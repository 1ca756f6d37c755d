# begins with: orders, paths
"""Entities, joins along relationships, aliases and conditions on relationships."""

from sqlalchemy import (
    exists,
    func,
    select,
)
from sqlalchemy.orm import (
    Bundle,
    aliased,
    with_parent,
)

show("tuples", select(User.id, User.fullname), tuple)
show("names", select(User.id, User.fullname), lambda r: r._mapping[User.fullname])
show("mixed", select(User, Address.email).join(User.addresses), row)
show("join2", select(User, Address).join(Address), row)
show("join target", select(User.name, Address.email).join(Address, User.addresses), tuple)
show(
    "m2m",
    select(User.name, Item.name)
    .join(User.orders)
    .join(Order.items)
    .order_by(Item.id, User.id)
    .limit(3),
    tuple,
)
show("outer m2m", select(Order.id, Item.name).outerjoin(Order.items).limit(3), tuple)
ua = aliased(User)
ub = aliased(User, name="ub")
show("alias", select(ua, ub.name).join(ub, ua.id < ub.id), row)
show("alias rel", select(ua.name, Address.email).join(ua.addresses), tuple)
aa = aliased(Address)
show(
    "of_type",
    select(User.name, aa.email).join(User.addresses.of_type(aa)).where(aa.email == "a20"),
    tuple,
)
show(
    "two",
    select(User.name, aa.email, Address.email)
    .join(User.addresses.of_type(aa))
    .join(User.addresses),
    tuple,
)
show(
    "and_",
    select(User.name, Address.email).join(User.addresses.and_(Address.email == "a31")),
    tuple,
)
show(
    "and_ alias",
    select(User.name, aa.email).join(User.addresses.of_type(aa).and_(aa.email == "a31")),
    tuple,
)
show("any", select(User.name).where(User.addresses.any(Address.email == "a20")), tuple)
show("any2", select(User.name).where(~User.addresses.any()), tuple)
show("has", select(Address.email).where(Address.user.has(name="u3")), tuple)
show("m2m any", select(Order.id).where(Order.items.any(Item.name == "i5")), tuple)
show("isnull", select(Address.email).where(Address.user is None), tuple)
show("notnull", select(Address.email).where(Address.user is not None), tuple)
u3 = s.get(User, 3)
a31 = s.get(Address, 31)
it = s.get(Item, 5)
show("eq", select(Address.email).where(Address.user == u3), tuple)
show("ne", select(Address.email).where(Address.user != u3), tuple)
show("contains", select(User.name).where(User.addresses.contains(a31)), tuple)
show("m2m contains", select(Order.id).where(Order.items.contains(it)).order_by(Order.id), tuple)
show("with_parent", select(Address.email).where(with_parent(u3, User.addresses)), tuple)
show("filter_by", select(User).filter_by(name="u2"), row)
show("filter_by join", select(User.name).join(Address).filter_by(email="a20"), tuple)
show("filter_by rel", select(Address.email).filter_by(user=u3), tuple)
sq = select(User).where(User.id > 2).subquery()
show("subq", select(sq.c.full_name, Address.email).join(Address, Address.user_id == sq.c.id))
us = aliased(User, sq)
show("alias subq", select(us, us.fullname), row)
c = select(Address.user_id).where(Address.id > 20).cte("c")
show("cte", select(User.name).join(c, User.id == c.c.user_id).order_by(User.id))
show("exists", select(User.name).where(exists().where(Address.user_id == User.id)), tuple)
show(
    "exists2",
    select(User.name).where(select(Address.id).where(Address.user_id == User.id).exists()),
    tuple,
)
show(
    "scalar",
    select(
        User.name,
        select(func.count(Address.id))
        .where(Address.user_id == User.id)
        .scalar_subquery()
        .label("n"),
    ),
    tuple,
)
na = aliased(Node)
show("self", select(Node.name, na.name).join(Node.children.of_type(na)), tuple)
show("self2", select(Node.name, na.name).join(na, Node.parent), tuple)
show("self any", select(Node.name).where(Node.children.any(Node.name == "aa")), tuple)
show("self has", select(Node.name).where(Node.parent.has(Node.name == "root")), tuple)
show("select_from", select(func.count()).select_from(User), tuple)
show("join_from", select(User.name, Address.email).join_from(User, Address), tuple)
show(
    "group",
    select(User.name, func.count(Address.id))
    .join(User.addresses)
    .group_by(User.name)
    .order_by(User.name),
    tuple,
)
show("union", select(User.name).union_all(select(Item.name)), tuple)
show("null entity", select(Address).select_from(User).outerjoin(User.addresses), row)
show(
    "bundle",
    select(Bundle("b", User.id, User.name), Address.id).join(User.addresses),
    lambda r: (tuple(r[0]), r[1]),
)
