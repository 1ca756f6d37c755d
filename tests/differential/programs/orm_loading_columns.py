# begins with: shop, trees
"""Columns that are left out, rows that are streamed, collections taken from what is joined."""

from sqlalchemy import select, text
from sqlalchemy.orm import (
    Load,
    aliased,
    contains_eager,
    defaultload,
    defer,
    immediateload,
    joinedload,
    load_only,
    noload,
    selectinload,
    subqueryload,
    undefer,
    undefer_group,
)

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
