# begins with: company, written_rows
"""INSERT and UPDATE of many rows of a class, and what a session returns of them."""

from sqlalchemy import (
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy import exc as sexc
from sqlalchemy.dialects.sqlite import insert as sins
from sqlalchemy.orm import (
    Bundle,
    aliased,
    load_only,
    selectinload,
)


def dml(name, *fs, n="t"):
    def f():
        out = []
        for x in fs:
            r = x()
            if hasattr(r, "all") and hasattr(r, "mappings"):
                try:
                    r = r.all()
                except sexc.ResourceClosedError:
                    r = []
            out.append(r)
        tables = [table(x) for x in n.split()]
        return out, tables

    try:
        step(name, f, count=False)
    finally:
        s.rollback()


ex = s.execute
dml("ins many", lambda: ex(insert(T), [{"a": "x"}, {"a": "y"}]))
dml(
    "ins hetero",
    lambda: ex(insert(T), [{"a": "x"}, {"a": "y", "b": 2}, {"a": "z"}, {"b": None}, {"a": None}]),
)
dml("ins nulls", lambda: ex(insert(T), [{"a": None, "c": None}, {"a": "y", "c": None}, {"c": 1}]))
dml(
    "ins render_nulls",
    lambda: ex(
        insert(T).execution_options(render_nulls=True),
        [{"a": None, "c": None}, {"a": "y", "c": None}, {"a": "q", "c": 1}],
    ),
)
dml(
    "ins render_nulls opt",
    lambda: ex(
        insert(T),
        [{"a": None, "c": None}, {"a": "y", "c": 1}],
        execution_options={"render_nulls": True},
    ),
)
dml("ins values expr", lambda: ex(insert(T).values(a=func.lower("XX")), [{"b": 1}, {"b": 2}]))
dml("ins values many", lambda: ex(insert(T).values([{"a": "x"}, {"a": func.lower("YY")}])))
dml("ins values many attr", lambda: ex(insert(T).values([{T.a: "x"}, {T.a: "y"}])))
dml("ins values tuple", lambda: ex(insert(T).values((1, "x", 2, 3, 4))))
dml("ins values attr", lambda: ex(insert(T).values({T.a: "x"})))
dml(
    "ins one", lambda: (lambda r: (r.inserted_primary_key, r.rowcount))(ex(insert(T).values(a="x")))
)
dml("ins ret", lambda: ex(insert(T).returning(T), [{"a": "x"}, {"a": "y", "b": 2}]))
dml(
    "ins ret order",
    lambda: ex(insert(T).returning(T, sort_by_parameter_order=True), [{"a": "x"}, {"a": "y"}]),
)
dml("ins ret cols", lambda: ex(insert(T).returning(T.id, T.a), [{"a": "x"}, {"a": "y"}]))
dml(
    "ins ret mixed",
    lambda: ex(insert(T).returning(T, T.a, func.upper(T.a)), [{"a": "x"}, {"a": "y"}]),
)
dml("ins ret scalars", lambda: s.scalars(insert(T).returning(T), [{"a": "x"}, {"a": "y"}]).all())
dml("ins ret one", lambda: s.scalar(insert(T).values(a="q").returning(T)))
dml(
    "ins ret bundle",
    lambda: ex(insert(T).returning(Bundle("b", T.id, T.a)), [{"a": "x"}, {"a": "y"}]),
)
dml(
    "ins ret names",
    lambda: (lambda r: (list(r.keys()), r.first()._asdict()))(
        ex(insert(T).returning(T.id, T.a), [{"a": "x"}])
    ),
)
dml(
    "ins ret rowattr",
    lambda: (lambda r: (r.T.a, r.a))(ex(insert(T).returning(T, T.a), [{"a": "x"}]).one()),
)
dml("ins ret load_only", lambda: ex(insert(T).returning(T).options(load_only(T.a)), [{"a": "x"}]))
dml(
    "ins ret options",
    lambda: (
        ex(insert(User).returning(User).options(selectinload(User.addresses)), [{"name": "x"}])
        .all()[0][0]
        .__dict__.get("addresses")
    ),
)
dml("ins colname values", lambda: ex(insert(T).values(col_a="x")))
dml("ins empty", lambda: ex(insert(T), []))
dml("ins none", lambda: ex(insert(T)))
dml("ins empty dicts", lambda: ex(insert(T), [{}, {}]))
dml(
    "ins from select attrs",
    lambda: ex(insert(T).from_select([T.a, T.b], select(User.name, User.age)).returning(T)),
)
dml(
    "ins inh",
    lambda: ex(insert(Engineer), [{"name": "n1", "lang": "x"}, {"name": "n2", "lang": "y"}]),
    n="employee engineer",
)
dml(
    "ins inh hetero",
    lambda: ex(insert(Engineer), [{"name": "n1"}, {"name": "n2", "lang": "y", "company_id": 1}]),
    n="employee engineer",
)
dml(
    "ins inh ret",
    lambda: ex(
        insert(Engineer).returning(Engineer),
        [{"name": "n1", "lang": "x"}, {"name": "n2", "lang": "y"}],
    ),
    n="employee engineer",
)
dml(
    "ins inh ret cols",
    lambda: ex(
        insert(Engineer).returning(Engineer.id, Engineer.lang, Engineer.name),
        [{"name": "n1", "lang": "x"}, {"name": "n2", "lang": "y"}],
    ),
    n="employee engineer",
)
dml(
    "ins inh values",
    lambda: ex(insert(Engineer).values(name="n1", lang="x")),
    n="employee engineer",
)
dml("ins inh one", lambda: ex(insert(Engineer), {"name": "n1", "lang": "x"}), n="employee engineer")
dml("ins single inh", lambda: ex(insert(Boss), [{"name": "n1", "perk": "x"}]), n="employee")
dml("ins single inh values", lambda: ex(insert(Boss).values(name="n1", perk="x")), n="employee")
dml(
    "ins inh pk given",
    lambda: ex(
        insert(Engineer),
        [{"id": 50, "name": "n1", "lang": "x"}, {"id": 51, "name": "n2", "lang": "y"}],
    ),
    n="employee engineer",
)


def ups(**k):
    st = sins(TU)
    return st.on_conflict_do_update(index_elements=[TU.k], set_={"v": st.excluded.v})


dml(
    "upsert",
    lambda: ex(ups(), [{"k": "a", "v": 1}, {"k": "b", "v": 2}]),
    lambda: ex(ups(), [{"k": "a", "v": 10}, {"k": "c", "v": 3}]),
    n="tu",
)
dml(
    "upsert ret",
    lambda: ex(ups().returning(TU), [{"k": "a", "v": 1}, {"k": "b", "v": 2}]),
    lambda: ex(ups().returning(TU), [{"k": "a", "v": 10}, {"k": "c", "v": 3}]),
    n="tu",
)


def upsert_pe(pe):
    one = TU(k="a", v=1)
    s.add(one)
    s.flush()
    r = s.scalars(
        ups().returning(TU),
        [{"k": "a", "v": 10}, {"k": "c", "v": 3}],
        execution_options={"populate_existing": pe},
    ).all()
    return one.v, [(x.k, x.v) for x in r], r[0] is one


dml("upsert pe", lambda: upsert_pe(True), n="tu")
dml("upsert no pe", lambda: upsert_pe(False), n="tu")
dml(
    "upsert values",
    lambda: ex(
        sins(TU)
        .values([{"k": "a", "v": 1}])
        .on_conflict_do_update(index_elements=["k"], set_={"v": 5})
        .returning(TU)
    ),
    n="tu",
)
dml(
    "upsert nothing",
    lambda: ex(sins(TU).on_conflict_do_nothing(), [{"k": "a", "v": 1}, {"k": "a", "v": 2}]),
    n="tu",
)
dml(
    "upsert set attr",
    lambda: ex(
        sins(TU)
        .values(k="a", v=1)
        .on_conflict_do_update(index_elements=[TU.k], set_={TU.v: TU.v + 1}, where=TU.v > 0)
    ),
    n="tu",
)
dml(
    "upsert from_statement",
    lambda: ex(
        select(TU)
        .from_statement(
            sins(TU)
            .values([{"k": "a", "v": 1}])
            .on_conflict_do_update(index_elements=["k"], set_={"v": 5})
            .returning(TU)
        )
        .execution_options(populate_existing=True)
    ),
    n="tu",
)
dml(
    "strategy bulk ins",
    lambda: ex(insert(T).execution_options(dml_strategy="bulk"), [{"a": "x"}, {"b": 3}]),
)
dml("strategy bad", lambda: ex(insert(T).execution_options(dml_strategy="zz"), [{"a": "x"}]))


def seed(n=4):
    s.execute(insert(T), [{"a": f"v{i}", "b": i, "c": i} for i in range(1, n + 1)])
    s.expunge_all()
    s.connection()
    objs = s.scalars(select(T).order_by(T.id)).all()
    sent()
    return objs


dml(
    "bulk upd",
    lambda: seed() and None,
    lambda: ex(update(T), [{"id": 1, "a": "q"}, {"id": 2, "a": "r"}]),
)
dml(
    "bulk upd hetero",
    lambda: seed() and None,
    lambda: ex(
        update(T),
        [{"id": 1, "a": "q"}, {"id": 2, "b": 4}, {"id": 3, "a": "e", "b": 7}, {"id": 4, "a": "u"}],
    ),
)
dml("bulk upd missing pk", lambda: seed() and None, lambda: ex(update(T), [{"a": "q"}]))
dml("bulk upd no row", lambda: seed() and None, lambda: ex(update(T), [{"id": 99, "a": "q"}]))
dml("bulk upd only pk", lambda: seed() and None, lambda: ex(update(T), [{"id": 1}]))
dml(
    "bulk upd where",
    lambda: seed() and None,
    lambda: ex(update(T).where(T.b == 1), [{"id": 1, "a": "q"}]),
)
dml(
    "bulk upd values",
    lambda: seed() and None,
    lambda: ex(update(T).values(b=3), [{"id": 1, "a": "q"}]),
)
dml("bulk upd unknown", lambda: seed() and None, lambda: ex(update(T), [{"id": 1, "zzz": "q"}]))
dml(
    "bulk upd fetch",
    lambda: seed() and None,
    lambda: ex(
        update(T), [{"id": 1, "a": "q"}], execution_options={"synchronize_session": "fetch"}
    ),
)
dml(
    "bulk upd False",
    lambda: seed() and None,
    lambda: ex(update(T), [{"id": 1, "a": "q"}], execution_options={"synchronize_session": False}),
)
dml("bulk upd dict", lambda: seed() and None, lambda: ex(update(T), {"id": 1, "a": "q"}))
dml(
    "bulk upd inh",
    lambda: ex(update(Engineer), [{"id": 2, "name": "q", "lang": "r"}, {"id": 5, "lang": "s"}]),
    n="employee engineer",
)
dml(
    "bulk upd bindparam where",
    lambda: seed() and None,
    lambda: ex(
        update(T).where(T.id == bindparam("u")).values(a=bindparam("aa")), [{"u": 1, "aa": "z"}]
    ),
)
dml(
    "core upd bindparam where",
    lambda: seed() and None,
    lambda: s.connection().execute(
        update(T).where(T.id == bindparam("u")).values(a=bindparam("aa")),
        [{"u": 1, "aa": "z"}, {"u": 2, "aa": "y"}],
    ),
)
dml(
    "bulk upd strategy raw",
    lambda: seed() and None,
    lambda: ex(
        update(T).where(T.id == bindparam("u")).values(a=bindparam("aa")),
        [{"u": 1, "aa": "z"}],
        execution_options={"dml_strategy": "core_only"},
    ),
)
dml(
    "del many",
    lambda: seed() and None,
    lambda: ex(delete(T).where(T.id == bindparam("u")), [{"u": 1}, {"u": 2}]),
)
dml(
    "del one param",
    lambda: seed() and None,
    lambda: ex(delete(T).where(T.id == bindparam("u")), {"u": 1}),
)
dml(
    "upd param",
    lambda: seed() and None,
    lambda: ex(update(T).where(T.id == bindparam("u")).values(a="1"), {"u": 1}),
)
dml("upd inh", lambda: ex(update(Engineer).where(Engineer.id == 2).values(lang="zz")), n="engineer")
dml(
    "upd inh crit",
    lambda: ex(update(Engineer).where(Engineer.name == "e2").values(lang="e")),
    n="employee engineer",
)
dml(
    "upd inh base",
    lambda: ex(update(Employee).where(Employee.name == "e2").values(name="e")),
    n="employee",
)
dml("upd single inh", lambda: ex(update(Boss).values(perk="e")), n="employee")
dml("del single inh", lambda: ex(delete(Boss)), n="employee")
dml("upd alias", lambda: ex(update(aliased(T)).values(a="q")))
dml(
    "upd rel",
    lambda: ex(update(Address).where(Address.user.has(User.name == "u2")).values(email="q")),
    n="address",
)
dml(
    "upd rel eq",
    lambda: ex(update(Address).where(Address.user == s.get(User, 2)).values(email="q")),
    n="address",
)
dml("bulk_insert", lambda: s.bulk_insert_mappings(T, [{"a": "x"}, {"a": "y", "b": 2}, {"a": None}]))
dml(
    "bulk_update",
    lambda: seed() and None,
    lambda: s.bulk_update_mappings(T, [{"id": 1, "a": "x"}, {"id": 2, "a": "y", "b": 2}]),
)


def stale():
    seed()
    s.connection().execute(text("delete from t where id=1"))
    return ex(update(T), [{"id": 1, "a": "q"}])


dml("bulk stale", stale)
