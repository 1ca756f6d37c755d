# begins with: shop, trees
"""What options say: wildcards, refusals, what lazy loads remember, bad input."""

from sqlalchemy import select
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
)

for name in ("chunk 0", "chunk neg"):
    differs(name, why="a chunk of no rows is refused at once")
differs("alias and class 4: statements", why="one query for all owners in place of one for each")
differs("empty", why="the error is documented, not an assertion")
differs("load_only nothing", why="nothing named is nothing left out")
differs("table column", why="the error is documented, not an AttributeError")


def get(name, q, f, uniq=True, fresh=True):
    if fresh:
        s.expunge_all()

    def run():
        r = s.execute(q)
        if uniq:
            r = r.unique()
        objs = [x[0] for x in r.all()]
        sent()
        return [str(f(o)).replace("'", "") for o in objs]

    attempt(name, run)
    report(name + ": statements", len(sent()))


u3 = select(User).where(User.id == 3)
get("raise *", u3.options(raiseload("*")), lambda u: u.addresses)
get(
    "raise * below sel",
    u3.options(selectinload(User.orders), raiseload("*")),
    lambda u: u.orders[0].items,
)
get(
    "raise * below joined",
    u3.options(joinedload(User.orders), raiseload("*")),
    lambda u: u.orders[0].items,
)
get(
    "raise * below sel m2o back",
    u3.options(selectinload(User.orders), raiseload("*")),
    lambda u: tree(u.orders[0].user),
)
get(
    "Load raise * below sel",
    u3.options(selectinload(User.orders), Load(User).raiseload("*")),
    lambda u: [tree(i) for i in u.orders[0].items],
)
get(
    "Load raise * itself",
    u3.options(selectinload(User.orders), Load(User).raiseload("*")),
    lambda u: u.addresses,
)
get(
    "chain raise *",
    u3.options(selectinload(User.orders).raiseload("*")),
    lambda u: u.orders[0].items,
)
get(
    "chain raise * top",
    u3.options(selectinload(User.orders).raiseload("*")),
    lambda u: [tree(x) for x in u.addresses],
)
get(
    "default raise *",
    u3.options(defaultload(User.orders).raiseload("*")),
    lambda u: u.orders[0].items,
)
get(
    "default raise * top",
    u3.options(defaultload(User.orders).raiseload("*")),
    lambda u: [tree(o) for o in u.orders],
)
get("raise rel", u3.options(raiseload(User.addresses)), lambda u: u.addresses)
get("raise sql_only", u3.options(raiseload(User.addresses, sql_only=True)), lambda u: u.addresses)
a30 = select(Address).where(Address.id == 30)
get("raise m2o", a30.options(raiseload(Address.user)), lambda u: u.user)
get("raise m2o sql_only", a30.options(raiseload(Address.user, sql_only=True)), lambda u: u.user)
s.expunge_all()
keep = s.get(User, 3)
get(
    "raise m2o sql_only at hand",
    a30.options(raiseload(Address.user, sql_only=True)),
    lambda u: u.user.id,
    fresh=False,
)
get(
    "raise m2o at hand",
    select(Address).where(Address.id == 31).options(raiseload(Address.user)),
    lambda u: u.user.id,
    fresh=False,
)
get("raise * sql", a30.options(raiseload("*", sql_only=True)), lambda u: u.user)
get(
    "lazy remembers defer",
    u3.options(lazyload(User.addresses).load_only(Address.email)),
    lambda u: [tree(x) for x in u.addresses],
)
get(
    "lazy remembers sel",
    u3.options(lazyload(User.orders).selectinload(Order.items)),
    lambda u: [tree(x) for x in u.orders],
)
get(
    "lazy remembers joined",
    u3.options(lazyload(User.orders).joinedload(Order.items)),
    lambda u: [tree(x) for x in u.orders],
)
get(
    "default remembers",
    u3.options(defaultload(User.orders).selectinload(Order.items)),
    lambda u: [tree(x) for x in u.orders],
)
get(
    "default remembers 2",
    u3.options(defaultload(User.orders).defaultload(Order.items).selectinload(Item.keywords)),
    lambda u: [tree(i) for x in u.orders for i in x.items],
)
get(
    "default raise 2",
    u3.options(defaultload(User.orders).defaultload(Order.items).raiseload(Item.keywords)),
    lambda u: [i.keywords for x in u.orders for i in x.items],
)
get(
    "sel raise 2",
    u3.options(selectinload(User.orders).selectinload(Order.items).raiseload(Item.keywords)),
    lambda u: [i.keywords for x in u.orders for i in x.items],
)
get("lazy *", u3.options(lazyload("*")), lambda u: [tree(x) for x in u.orders])
get(
    "noload",
    u3.options(noload(User.addresses), noload(User.profile)),
    lambda u: (u.addresses, u.profile),
)
get("noload *", u3.options(noload("*")), lambda u: (u.addresses, u.profile, u.orders))
get(
    "noload below",
    u3.options(selectinload(User.orders).noload(Order.items)),
    lambda u: [tree(x) for x in u.orders],
)
get("immediate", u3.options(immediateload(User.orders).immediateload(Order.items)), tree)
get(
    "imm recursion",
    select(Node).where(Node.id == 1).options(immediateload(Node.children, recursion_depth=1)),
    tree,
)
for d in (None, 0, 1, 2, 3, -1):
    get(
        f"sel recursion {d}",
        select(Node).where(Node.id == 1).options(selectinload(Node.children, recursion_depth=d)),
        tree,
    )
    get(
        f"imm recursion {d}",
        select(Node).where(Node.id == 1).options(immediateload(Node.children, recursion_depth=d)),
        tree,
    )
    get(
        f"sel recursion up {d}",
        select(Node).where(Node.id == 6).options(selectinload(Node.parent, recursion_depth=d)),
        tree,
    )
get(
    "sel recursion chunk",
    select(Node)
    .where(Node.id == 1)
    .options(selectinload(Node.children, recursion_depth=-1, chunksize=1)),
    tree,
)
s.expunge_all()
sent()
attempt(
    "chunks",
    lambda: [
        str(tree(u))
        for u in s.scalars(select(User).options(selectinload(User.addresses, chunksize=2)))
    ],
)
report("chunks statements", len(sent()))
attempt("chunk 0", lambda: selectinload(User.addresses, chunksize=0) and 1)
attempt("chunk neg", lambda: selectinload(User.addresses, chunksize=-1) and 1)
both = select(Order).where(Order.id.in_([30, 31])).order_by(Order.id)
get(
    "two paths 1",
    both.options(
        joinedload(Order.user).selectinload(User.addresses),
        joinedload(Order.addr).joinedload(Address.user),
    ),
    tree,
)
get(
    "two paths 2",
    both.options(
        joinedload(Order.addr).joinedload(Address.user),
        joinedload(Order.user).selectinload(User.addresses),
    ),
    tree,
)
get(
    "two paths defer",
    both.options(
        joinedload(Order.user).defer(User.full), joinedload(Order.addr).joinedload(Address.user)
    ),
    tree,
)
get(
    "two paths defer r",
    both.options(
        joinedload(Order.addr).joinedload(Address.user), joinedload(Order.user).defer(User.full)
    ),
    tree,
)
get(
    "two paths only",
    both.options(
        selectinload(Order.user).load_only(User.name),
        selectinload(Order.addr).selectinload(Address.user),
    ),
    tree,
)
get(
    "two paths only r",
    both.options(
        selectinload(Order.addr).selectinload(Address.user),
        selectinload(Order.user).load_only(User.name),
    ),
    tree,
)
uo = select(User, Order).join(Order.user).where(User.id == 3).order_by(Order.id)
get("same entity twice", uo.options(load_only(User.name), joinedload(Order.user)), tree)
ua = aliased(User)


def two(name, q):
    s.expunge_all()
    sent()
    attempt(name, lambda: [str([tree(x) for x in r]) for r in s.execute(q).unique()])
    report(name + ": statements", len(sent()))


two(
    "alias and class",
    select(User, ua).join(ua, User.id == ua.id).where(User.id == 3).options(defer(User.full)),
)
two(
    "alias and class 2",
    select(User, ua).join(ua, User.id == ua.id).where(User.id == 3).options(defer(ua.full)),
)
two(
    "alias and class 3",
    select(User, ua)
    .join(ua, User.id == ua.id)
    .where(User.id == 3)
    .options(selectinload(ua.addresses)),
)
two(
    "alias and class 4",
    select(User, ua)
    .join(ua, User.id == ua.id)
    .where(User.id == 3)
    .options(joinedload(ua.addresses), selectinload(User.addresses)),
)
two(
    "alias and class 5",
    select(User, ua)
    .join(ua, User.id < ua.id)
    .where(User.id == 2)
    .options(joinedload(ua.addresses), selectinload(User.orders))
    .order_by(ua.id),
)


def err(name, f):
    attempt(name, f)


err("conflict", lambda: s.execute(u3.options(selectinload(User.orders), joinedload(User.orders))))
err(
    "same twice",
    lambda: len(s.execute(u3.options(selectinload(User.orders), selectinload(User.orders))).all()),
)
err(
    "same twice below",
    lambda: len(
        s.execute(
            u3.options(
                selectinload(User.orders).selectinload(Order.items),
                selectinload(User.orders).selectinload(Order.addr),
            )
        ).all()
    ),
)
err("wrong root", lambda: s.execute(u3.options(selectinload(Order.items))))
err("wrong root col", lambda: s.execute(u3.options(load_only(Order.descr))))
err("wrong root Load", lambda: s.execute(u3.options(Load(Order).selectinload(Order.items))))
err("wrong link", lambda: selectinload(User.orders).selectinload(User.addresses) and 1)
err("wrong link col", lambda: selectinload(User.orders).load_only(User.name) and 1)
err("string", lambda: selectinload("orders") and 1)
err("string col", lambda: load_only("name") and 1)
err("string defer", lambda: defer("name") and 1)
err("string chain", lambda: selectinload(User.orders).selectinload("items") and 1)
err("col as rel", lambda: s.execute(u3.options(selectinload(User.name))))
err("rel as col", lambda: s.execute(u3.options(load_only(User.orders))))
err("rel as col defer", lambda: s.execute(u3.options(defer(User.orders))))
err("empty", lambda: selectinload() and 1)
err("only cols", lambda: s.execute(select(User.id).options(selectinload(User.orders))))
err("only cols load_only", lambda: s.execute(select(User.id).options(load_only(User.name))))
err("only cols *", lambda: len(s.execute(select(User.id).options(raiseload("*"))).all()))
err("unloaded alias", lambda: s.execute(u3.options(selectinload(ua.addresses))))
err("alias with class opt", lambda: s.execute(select(ua).options(selectinload(User.addresses))))
err("load_only nothing", lambda: [str(tree(x)) for x in s.scalars(u3.options(load_only()))])
err(
    "table column",
    lambda: [str(tree(x)) for x in s.scalars(u3.options(load_only(User.__table__.c.name)))],
)
err("joined recursion", lambda: joinedload(Node.children, recursion_depth=1) and 1)
err(
    "joined innerjoin bad",
    lambda: str(len(s.execute(u3.options(joinedload(User.orders, innerjoin="x"))).unique().all())),
)
err("no unique", lambda: s.scalars(u3.options(joinedload(User.orders))).all())
err("no unique one", lambda: s.scalars(u3.options(joinedload(User.orders))).one())
err("no unique first", lambda: s.scalars(u3.options(joinedload(User.orders))).first())
err("no unique iter", lambda: list(s.execute(u3.options(joinedload(User.orders)))))
err("no unique fetchone", lambda: s.execute(u3.options(joinedload(User.orders))).fetchone())
err("no unique scalar", lambda: s.scalar(u3.options(joinedload(User.orders))))
err(
    "no unique partitions",
    lambda: list(s.execute(u3.options(joinedload(User.orders))).partitions(2)),
)
err("unique one", lambda: s.scalars(u3.options(joinedload(User.orders))).unique().one().id)
err(
    "unique scalar_one",
    lambda: s.execute(u3.options(joinedload(User.orders))).unique().scalar_one().id,
)
err(
    "m2o no unique", lambda: len(s.scalars(select(Address).options(joinedload(Address.user))).all())
)
err(
    "m2o coll no unique",
    lambda: len(
        s.scalars(select(Address).options(joinedload(Address.user).joinedload(User.orders))).all()
    ),
)
err(
    "m2o sel no unique",
    lambda: len(
        s.scalars(select(Address).options(joinedload(Address.user).selectinload(User.orders))).all()
    ),
)
err(
    "contains no unique",
    lambda: len(
        s.scalars(select(User).join(User.orders).options(contains_eager(User.orders))).all()
    ),
)
