"""Corners of the language: how it is written, what rows are called, what is warned of."""

import warnings

import sqlalchemy
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg2

NAMES = {name: getattr(sqlalchemy, name) for name in dir(sqlalchemy) if name[0] != "_"}
metadata = sqlalchemy.MetaData()
user = sqlalchemy.Table(
    "user_account",
    metadata,
    sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True),
    sqlalchemy.Column("name", sqlalchemy.String(30)),
)
address = sqlalchemy.Table(
    "address",
    metadata,
    sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True),
    sqlalchemy.Column("user_id", sqlalchemy.ForeignKey("user_account.id")),
    sqlalchemy.Column("email", sqlalchemy.String(30)),
)
keyed = sqlalchemy.Table(
    "keyed",
    metadata,
    sqlalchemy.Column("a_id", sqlalchemy.Integer, primary_key=True, key="id"),
    sqlalchemy.Column("n", sqlalchemy.Integer),
)
c = sqlalchemy.create_engine("sqlite://").connect()
metadata.create_all(c)
c.execute(user.insert(), [{"name": "ann"}, {"name": "bob"}])
c.execute(address.insert(), [{"user_id": 2, "email": "b@x"}, {"user_id": 1, "email": "a@x"}])

NAMES |= {"user": user, "address": address, "keyed": keyed, "c": c}
NAMES["S"] = sqlalchemy.select(user.c.id)
NAMES["Q"] = NAMES["S"].subquery()
NAMES["U"] = NAMES["S"].union(NAMES["S"])
NAMES["NONE"] = sqlalchemy.LABEL_STYLE_NONE
NAMES["LONG"] = sqlalchemy.LABEL_STYLE_TABLENAME_PLUS_COL
inner = sqlalchemy.select(user.c.id).cte("same", nesting=True)
NAMES["inner"] = inner
NAMES["outer"] = sqlalchemy.select(inner.c.id.label("z")).cte("around")
NAMES["other"] = sqlalchemy.select(address.c.id).cte("same", nesting=True)
NAMES["plain"] = sqlalchemy.select(user.c.id).cte("plain")
counting = sqlalchemy.select(sqlalchemy.literal(1).label("n"))
counting = counting.cte("counting", recursive=True, nesting=True)
NAMES["counting"] = counting.union_all(sqlalchemy.select(counting.c.n + 1).where(counting.c.n < 3))
NAMES["added"] = sqlalchemy.insert(user).values(name="a")

WRITTEN = [
    # A SELECT where its value is meant.
    "user.c.id == S",
    "user.c.id == Q",
    "user.c.id == U",
    "select(user.c.id).where(S)",
    "select(user.c.id).order_by(S)",
    "select(user.c.id).order_by(Q)",
    "func.foo(S)",
    "func.foo(Q)",
    "func.foo(user)",
    "case((user.c.id == 1, Q))",
    "cast(S, Integer)",
    "label('x', S)",
    "and_(S)",
    "any_(Q)",
    "user.c.id.in_(Q)",
    "user.c.id.in_(user)",
    "update(user).values(name=S)",
    "update(user).values(name=U)",
    "update(user).values(name=Q)",
    "update(user).values(name=user)",
    "update(user).values({user.c.name: S})",
    "update(user).ordered_values((user.c.name, S))",
    "insert(user).values(name=U)",
    "insert(user).returning(S)",
    "delete(user).where(S)",
    "desc(S)",
    "func.sum(S).over(order_by=S, partition_by=S)",
    # Conditions that say nothing.
    "select(user).where(and_())",
    "select(user).where(user.c.id == 1).where(and_())",
    "select(user).having(or_())",
    "update(user).values(name='x').where(and_())",
    "and_(user.c.id == 1, or_())",
    "or_(and_(), user.c.id == 1)",
    # Names that are found.
    "select(user.c.id.label(''))",
    "added.returning(user.c.id, user.c.id)",
    "added.returning(user.c.id, user.c.id.label('id'))",
    "added.returning(user, user.c.id, user)",
    "added.returning(cast(user.c.id, String), cast(user.c.id, String), -user.c.id)",
    "added.returning(user.c.id.label(None), literal(1), literal(1), user.c.id + 1)",
    "added.returning(text('x'), literal_column('y'), column('z'), column('z'))",
    "added.returning(func.lower(user.c.name), func.lower(user.c.name), func.lower('a') + 'b')",
    (
        "update(user).values(name=address.c.email).where(user.c.id == address.c.user_id)"
        ".returning(user.c.id, address.c.id, address.c.id)"
    ),
    "insert(keyed).returning(keyed.c.id, keyed.c.id)",
    "select(added.returning(user.c.id, user.c.id).cte('x'))",
    "select(select(user, address, user.c.id).set_label_style(NONE).subquery())",
    "select(select(user.c.id, user.c.id, address.c.id).set_label_style(NONE).subquery())",
    "select(user.c.id, address.c.id).set_label_style(NONE)",
    "select(cast(user.c.id, String)).set_label_style(LONG)",
    "select(cast(user.c.id, String), user.c.id).set_label_style(NONE)",
    (
        "select(user, user.c.id, address.c.user_id).where(user.c.id == address.c.user_id)"
        ".reduce_columns()"
    ),
    # CTEs that stand before each statement that reads from them.
    "plain",
    "Q",
    "U.subquery()",
    "select(user.c.id, func.lower(user.c.name)).subquery('named')",
    "select(outer, inner)",
    "select(inner, exists(select(inner.c.id)))",
    "select(exists(select(inner.c.id)), inner)",
    "select(inner, other)",
    "select(select(inner).subquery(), select(other).subquery())",
    "select(user).where(user.c.id.in_(select(inner.c.id)), user.c.id.in_(select(other.c.id)))",
    "select(counting)",
    "select(select(counting).subquery())",
    (
        "select(select(user).add_cte(plain, nest_here=True).subquery(), "
        "select(address).add_cte(plain, nest_here=True).subquery())"
    ),
    "select(plain.alias())",
    # What is said of arrays and samples.
    "column('x', ARRAY(Integer)).contains([1])",
    "~column('x', ARRAY(Integer)).contains([1])",
]

RUN = [
    "select(counting)",
    "select(outer, inner).where(outer.c.z == inner.c.id)",
    (
        "update(user).values(name=address.c.email).where(user.c.id == address.c.user_id)"
        ".returning(user.c.id, user.c.id, user.c.id.label('id'), func.lower(user.c.name))"
    ),
    "added.returning(user.c.id, user.c.id, cast(user.c.id, String))",
    "insert(keyed).values(n=1).returning(keyed.c.id, keyed)",
    "added.returning(text('name'), literal_column('id'))",
    (
        "select(select(user.c.id, address.c.id).where(user.c.id == address.c.user_id)"
        ".set_label_style(NONE).order_by(user.c.id).subquery())"
    ),
    "select(literal_column('*')).select_from(user).order_by(user.c.id)",
    "select(user.c.id, literal_column('*')).select_from(user).order_by(user.c.id)",
    "select(literal_column('1 as z'), text('2 as y'), text('3'))",
    "text('select id as a, name as b from user_account').columns(user.c.id, user.c.name)",
    "text('select id as a, name as b from user_account').columns(user.c.id)",
    "text('select id as a from user_account').columns(user.c.id, user.c.name)",
    "text('select name, id from user_account').columns(column('id', String), column('name'))",
    "text('select name, id from user_account').columns(id=Integer, name=String)",
    "update(user).values(name=select(func.max(address.c.email))).where(user.c.id == 1)",
]

FOUND = {
    "a text's own name": "'a'",
    "the name that a text is told": "'id'",
    "a column that a text is told": "user.c.name",
}

TYPES = [
    "case((user.c.id == 1, 'a'), else_=5)",
    "case((user.c.id == 1, 5), (user.c.id == 2, 'a'), else_=2.5)",
    "case((user.c.id == 1, 'a'), (user.c.id == 2, None), else_=2.5)",
    "case((user.c.id == 1, None), else_=2.5)",
    "case((user.c.id == 1, func.foo()), (user.c.id == 2, 5), else_='x')",
]


def made(source):
    """The statement, and what was said of it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = eval(source, NAMES)
    # A deprecation is said in words of each library's own.
    said = [
        (type(one.message).__name__, str(one.message))
        if "Deprecation" not in type(one.message).__name__
        else type(one.message).__name__
        for one in caught
    ]
    return found, said


def written(source):
    found, said = made(source)
    texts = []
    for dialect in (sqlite.dialect(), psycopg2.dialect()):
        compiled = found.compile(dialect=dialect)
        texts.append((" ".join(str(compiled).split()), sorted(map(repr, compiled.params.values()))))
    return texts, said


def result(source):
    found, said = made(source)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read = c.execute(found)
        found = (list(read.keys()), read.all()) if read.returns_rows else read.rowcount
    return found, said, [str(one.message) for one in caught]


for source in WRITTEN:
    attempt(f"written: {source}", lambda source=source: written(source))
for source in RUN:
    attempt(f"run: {source}", lambda source=source: result(source))
for source in TYPES:
    attempt(f"type: {source}", lambda source=source: repr(eval(source, NAMES).type))
row = c.execute(
    sqlalchemy.text("select id as a, name as b from user_account").columns(user.c.id, user.c.name)
).first()
for name, source in FOUND.items():
    attempt(name, lambda source=source: row._mapping[eval(source, NAMES)])
