# begins with: shop, trees
"""Objects that are there: met again, expired, refreshed, detached."""

from sqlalchemy import select, text
from sqlalchemy.orm import (
    contains_eager,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    noload,
    raiseload,
    selectinload,
    subqueryload,
    undefer,
    undefer_group,
)

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
