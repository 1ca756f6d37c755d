# begins with: shop, trees
"""Conditions of users' own, orders of the table between, aliases, inner joins, limits."""

from typing import Optional, Set

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Table,
    and_,
    desc,
    func,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    aliased,
    immediateload,
    joinedload,
    lazyload,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
)

for name in (
    "custom immediateload right",
    "custom immediateload left",
    "custom immediateload bs",
    "custom immediateload first",
    "custom immediateload heavy",
    "custom immediateload like",
    "custom immediateload sets",
    "custom immediateload dct",
    "chain: statements",
    "aliased rel immediateload",
):
    differs(name, why="one query for all owners in place of one for each")
for name in (
    "custom lazyload right: statements",
    "custom lazyload left: statements",
    "custom lazyload heavy: statements",
):
    differs(name, why="objects that are there get what their mapping loads, too")


class JB(DeclarativeBase):
    pass


m2m = Table(
    "jm",
    JB.metadata,
    Column("l", ForeignKey("j.id"), primary_key=True),
    Column("r", ForeignKey("j.id"), primary_key=True),
    Column("w", Integer),
)


class J(JB):
    __tablename__ = "j"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    up: Mapped[Optional[int]] = mapped_column(ForeignKey("j.id"))
    right = relationship(
        "J",
        secondary=m2m,
        primaryjoin=id == m2m.c.l,
        secondaryjoin=id == m2m.c.r,
        order_by=m2m.c.w.desc(),
        back_populates="left",
    )
    left = relationship(
        "J",
        secondary=m2m,
        primaryjoin=id == m2m.c.r,
        secondaryjoin=id == m2m.c.l,
        order_by="J.id",
        back_populates="right",
    )
    bs = relationship(
        "JA",
        primaryjoin="and_(J.id==JA.j_id, JA.city=='B')",
        order_by="JA.id.desc()",
        viewonly=True,
    )
    first = relationship(
        "JA", primaryjoin="and_(J.id==foreign(JA.j_id), JA.id<3)", viewonly=True, uselist=False
    )
    heavy = relationship(
        "J",
        secondary=m2m,
        primaryjoin=and_(id == m2m.c.l, m2m.c.w > 1),
        secondaryjoin=id == m2m.c.r,
        viewonly=True,
        order_by="J.id",
    )
    like = relationship(
        "JA", primaryjoin="J.name==foreign(JA.city)", viewonly=True, order_by="JA.id"
    )
    chain = relationship(
        "J",
        lazy="selectin",
        join_depth=2,
        primaryjoin="J.id==remote(foreign(J.up))",
        order_by="J.id",
        viewonly=True,
    )
    chainj = relationship(
        "J",
        lazy="joined",
        join_depth=2,
        primaryjoin="J.id==remote(foreign(J.up))",
        order_by="J.id",
        viewonly=True,
    )
    sets: Mapped[Set["JA"]] = relationship(viewonly=True)
    dct = relationship("JA", viewonly=True)


class JA(JB):
    __tablename__ = "ja"
    id: Mapped[int] = mapped_column(primary_key=True)
    j_id: Mapped[int] = mapped_column(ForeignKey("j.id"))
    city: Mapped[str]


JB.metadata.create_all(engine)
s.execute(
    J.__table__.insert(),
    [
        {"id": 1, "name": "B", "up": None},
        {"id": 2, "name": "x", "up": 1},
        {"id": 3, "name": "y", "up": 2},
        {"id": 4, "name": "z", "up": 3},
        {"id": 5, "name": "q", "up": 4},
    ],
)
s.execute(
    JA.__table__.insert(),
    [
        {"id": 1, "j_id": 1, "city": "B"},
        {"id": 2, "j_id": 1, "city": "C"},
        {"id": 3, "j_id": 1, "city": "B"},
        {"id": 4, "j_id": 2, "city": "B"},
    ],
)
s.execute(
    m2m.insert(),
    [
        {"l": 1, "r": 2, "w": 1},
        {"l": 1, "r": 3, "w": 2},
        {"l": 2, "r": 3, "w": 3},
        {"l": 3, "r": 3, "w": 9},
    ],
)
s.commit()
nochain = (lazyload(J.chain), lazyload(J.chainj))
for f in (selectinload, joinedload, subqueryload, immediateload, lazyload):
    for r in ("right", "left", "bs", "first", "heavy", "like", "sets", "dct"):
        touch(
            f"custom {f.__name__} {r}",
            select(J).options(f(getattr(J, r)), *nochain).order_by(J.id),
            lambda o: (
                sorted(
                    x.id
                    for x in (
                        getattr(o, r).values() if isinstance(getattr(o, r), dict) else getattr(o, r)
                    )
                )
                if isinstance(getattr(o, r), (set, dict))
                else [x.id for x in getattr(o, r)]
                if isinstance(getattr(o, r), list)
                else getattr(o, r) and getattr(o, r).id
            ),
        )
show("chain", select(J).where(J.id == 1), uniq=True)
show("chain opt", select(J).where(J.id == 1).options(lazyload(J.chainj)), uniq=True)
show("chainj opt", select(J).where(J.id == 1).options(lazyload(J.chain)), uniq=True)
sub = select(
    JA, func.row_number().over(partition_by=JA.j_id, order_by=JA.id.desc()).label("rn")
).subquery()
latest = aliased(JA, sub)
J.latest = relationship(
    latest, primaryjoin=and_(J.id == latest.j_id, sub.c.rn == 1), uselist=False, viewonly=True
)
J.top2 = relationship(
    latest, primaryjoin=and_(J.id == latest.j_id, sub.c.rn <= 2), viewonly=True, order_by=latest.id
)
for f in (selectinload, joinedload, subqueryload, immediateload, lazyload):
    touch(
        f"aliased rel {f.__name__}",
        select(J).options(f(J.latest), f(J.top2), *nochain).order_by(J.id),
        lambda o: (o.latest and o.latest.id, [x.id for x in o.top2]),
    )


def isql(name, q):
    s.expunge_all()
    sent()
    attempt(name, lambda: [str(tree(r[0])).replace("'", "") for r in s.execute(q).unique()])
    x = sent()
    report(name + " inner", [t.count("LEFT OUTER JOIN") for t in x] + [len(x)])


isql(
    "inner1", select(Address).options(joinedload(Address.user, innerjoin=True)).order_by(Address.id)
)
isql(
    "inner2",
    select(Order)
    .options(joinedload(Order.user, innerjoin=True).joinedload(User.addresses))
    .order_by(Order.id),
)
isql(
    "inner3",
    select(User)
    .options(joinedload(User.orders).joinedload(Order.items, innerjoin=True))
    .order_by(User.id),
)
isql(
    "inner3 unnested",
    select(User)
    .options(joinedload(User.orders).joinedload(Order.user, innerjoin="unnested"))
    .order_by(User.id),
)
isql(
    "inner4",
    select(User)
    .options(
        joinedload(User.orders, innerjoin=True)
        .joinedload(Order.items, innerjoin=True)
        .joinedload(Item.keywords)
    )
    .order_by(User.id),
)
isql(
    "inner5",
    select(User)
    .options(
        joinedload(User.orders)
        .joinedload(Order.addr, innerjoin=True)
        .joinedload(Address.user, innerjoin=True)
    )
    .order_by(User.id),
)
isql(
    "limit joined m2o",
    select(Order)
    .options(joinedload(Order.user), joinedload(Order.items))
    .order_by(Order.descr.desc())
    .limit(2),
)
isql(
    "limit joined chain",
    select(User)
    .options(joinedload(User.orders).joinedload(Order.items))
    .order_by(User.name.desc())
    .limit(2)
    .offset(1),
)
isql(
    "limit joined expr order",
    select(User)
    .options(joinedload(User.orders))
    .order_by(func.length(User.name), User.id.desc())
    .limit(2),
)
isql(
    "limit joined other order",
    select(User)
    .join(User.profile)
    .options(joinedload(User.orders))
    .order_by(Profile.text.desc())
    .limit(1),
)
isql(
    "limit joined label order",
    select(User, func.count().label("n"))
    .join(User.orders)
    .group_by(User.id)
    .options(joinedload(User.addresses))
    .order_by(desc("n"), User.id)
    .limit(2),
)
isql(
    "limit joined random where",
    select(User)
    .where(User.addresses.any(Address.id > 30))
    .options(joinedload(User.addresses))
    .order_by(User.id)
    .limit(1),
)
isql(
    "limit alias",
    (lambda u: select(u).options(joinedload(u.addresses)).order_by(u.id.desc()).limit(2))(
        aliased(User)
    ),
)
isql(
    "joined no limit m2o limit",
    select(Address).options(joinedload(Address.user)).order_by(Address.id).limit(2),
)
isql(
    "joined cte",
    (lambda c: select(aliased(User, c)).options(joinedload(aliased(User, c).addresses)))(
        select(User).where(User.id == 3).cte()
    )
    if False
    else select(User)
    .where(User.id.in_(select(User.id).where(User.id == 3).cte().select()))
    .options(joinedload(User.addresses))
    .limit(1),
)
isql(
    "joined for update",
    select(User).options(joinedload(User.addresses)).where(User.id == 3).with_for_update(),
)
isql(
    "joined distinct",
    select(User).join(User.orders).distinct().options(joinedload(User.addresses)).order_by(User.id),
)
isql(
    "joined exists",
    select(User)
    .options(joinedload(User.addresses))
    .where(select(Address).where(Address.user_id == User.id).exists())
    .order_by(User.id),
)
isql(
    "joined subquery in from",
    select(User)
    .join(
        (q := select(Order.user_id, func.count().label("c")).group_by(Order.user_id).subquery()),
        q.c.user_id == User.id,
    )
    .options(joinedload(User.addresses))
    .order_by(q.c.c, User.id),
)
isql(
    "joined subquery in from limit",
    select(User)
    .join(q, q.c.user_id == User.id)
    .options(joinedload(User.addresses))
    .order_by(q.c.c, User.id)
    .limit(2),
)
