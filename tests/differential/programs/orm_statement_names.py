"""What statements about classes call their columns: in rows, in subqueries, in each label style.

Attributes have other keys than their columns; there are expressions, aliases, bundles, hierarchies.
"""

import re
import warnings
from typing import List, Optional

from sqlalchemy import (
    LABEL_STYLE_DISAMBIGUATE_ONLY,
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    ForeignKey,
    create_engine,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
    union,
    union_all,
    update,
)
from sqlalchemy.orm import (
    Bundle,
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    column_property,
    mapped_column,
    query_expression,
    relationship,
    with_polymorphic,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column("user_name")
    age: Mapped[Optional[int]]
    notes: Mapped[Optional[str]] = mapped_column("remarks", deferred=True)
    asked: Mapped[Optional[int]] = query_expression()
    posts: Mapped[List["Post"]] = relationship(back_populates="user")


class Post(Base):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column("post_title")
    user_id: Mapped[Optional[int]] = mapped_column("uid", ForeignKey("user_account.id"))
    user: Mapped[Optional[User]] = relationship(back_populates="posts")


User.upper = column_property(func.upper(User.name))
User.later = column_property(User.age + 1)
User.n_posts = column_property(
    select(func.count(Post.id))
    .where(Post.user_id == User.id)
    .correlate_except(Post)
    .scalar_subquery(),
    deferred=True,
)


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Eng(Person):
    __tablename__ = "eng"
    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    lang: Mapped[str] = mapped_column("eng_lang")
    __mapper_args__ = {"polymorphic_identity": "eng"}


class Boss(Person):
    level: Mapped[Optional[int]] = mapped_column("boss_level")
    __mapper_args__ = {"polymorphic_identity": "boss"}


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add_all([User(name="ann", age=3, posts=[Post(title="x"), Post(title="y")]), User(name="b")])
session.add_all([Person(name="p"), Eng(name="e", lang="py"), Boss(name="b", level=2)])
session.commit()

UN, PN = aliased(User, name="u2"), aliased(Post, name="p2")
table = User.__table__
whole = select(User).subquery("sq")
US = aliased(User, whole)
part = select(User.id, User.name, User.age.label("years")).subquery("part")
kept = select(User.name, User.age).cte("ct")
PE = with_polymorphic(Person, [Eng, Boss])
PA = with_polymorphic(Person, "*", aliased=True)
pair = Bundle("bn", User.name, User.id.label("q"))

STATEMENTS = {
    "columns": lambda: select(User.id, User.name),
    "columns of two": lambda: select(User.id, Post.id, User.name, Post.title).join(User.posts),
    "an object": lambda: select(User),
    "objects": lambda: select(User, Post).join(User.posts),
    "an object and values": lambda: select(User, User.name, Post.title).join(User.posts),
    "an alias": lambda: select(PN),
    "an alias and values": lambda: select(PN, PN.title, Post.title).join(Post, Post.id == PN.id),
    "values of aliases": lambda: select(PN.id, PN.title, UN.name, User.name),
    "expressions of the mapping": lambda: select(User.upper, User.later, User.n_posts),
    "a bundle": lambda: select(pair),
    "a bundle and more": lambda: select(pair, User.name, User),
    "a table": lambda: select(table),
    "columns of a table": lambda: select(table.c.id, table.c.user_name, User.name),
    "a subquery": lambda: select(part),
    "an alias of a subquery": lambda: select(US.name, US.id),
    "columns of a subquery": lambda: select(part.c.name, part.c.years),
    "a CTE": lambda: select(kept),
    "labels": lambda: select(User.name.label("n"), User.name),
    "computed": lambda: select(User.age + 1, User.name + "x", func.lower(User.name), User.age),
    "classes of a hierarchy": lambda: select(PE.name, PE.Eng.lang, PE.Boss.level, PE.id),
    "both keys": lambda: select(PE.id, PE.Eng.id),
    "a subclass's columns": lambda: select(Eng.id, Eng.name, Eng.lang),
    "a subclass": lambda: select(Eng),
    "a subclass in the same table": lambda: select(Boss),
    "a union": lambda: union(select(User.id, User.name), select(Post.id, Post.title)),
    "a union of objects": lambda: union_all(select(User), select(User)),
    "the rows of a union": lambda: select(
        union(select(User.id, User.name), select(Post.id, Post.title)).subquery("un")
    ),
    "whether there is one": lambda: select(User.id, exists().where(Post.user_id == User.id)),
    "a scalar": lambda: select(User.name, select(func.max(Post.title)).scalar_subquery()),
    "a literal": lambda: select(literal("x").label("l"), User.id),
    "a window": lambda: select(func.count(User.id).over(partition_by=User.name), User.id),
}
STYLES = {
    "by itself": None,
    "LABEL_STYLE_NONE": LABEL_STYLE_NONE,
    "LABEL_STYLE_DISAMBIGUATE_ONLY": LABEL_STYLE_DISAMBIGUATE_ONLY,
    "LABEL_STYLE_TABLENAME_PLUS_COL": LABEL_STYLE_TABLENAME_PLUS_COL,
}

MISSING = "(no name)"
# Of these the oracle's rows and subqueries have no name for the expressions of the mapping, and
# ours have that of the attribute; or it takes two columns of one name for ambiguous.
OBJECTS = [
    "an object",
    "objects",
    "an object and values",
    "a bundle and more",
    "a union of objects",
]
OF_SUBQUERIES = {*OBJECTS, "expressions of the mapping", "computed"}
AMBIGUOUS = {"an object and values", "an alias and values", "a bundle and more"}
AMBIGUOUS |= {"columns of a table"}
for name in sorted(OF_SUBQUERIES):
    differs(f"{name}: the rows of a subquery", why="ours knows attributes and functions by name")
for name in sorted(AMBIGUOUS):
    differs(f"{name}, LABEL_STYLE_NONE: rows", why="the oracle does not find them in its own row")
differs("CTEs without labels", why="a name is there twice in the oracle's, and nobody finds it")
differs("expressions of an alias", why="ours go by their attributes, and can be read")


def told(name, function):
    """Report names; what is found on writing is only said to be so."""

    def shown():
        found = function()
        return [MISSING if one is None else re.sub(r"%\(.*\)s.*", MISSING, one) for one in found]

    attempt(name, shown)


def keys_of_rows(statement):
    result = session.execute(statement)
    keys = list(result.keys())
    row = result.unique().first()
    assert list(row._fields) == keys
    return keys


for name, make in STATEMENTS.items():
    for style, said in STYLES.items():
        statement = make() if said is None else make().set_label_style(said)
        told(f"{name}, {style}: rows", lambda statement=statement: keys_of_rows(statement))
        session.rollback()
        session.expunge_all()
        told(
            f"{name}, {style}: subquery",
            lambda statement=statement: statement.subquery("zz").c.keys(),
        )
        if said is not LABEL_STYLE_NONE:
            told(f"{name}, {style}: CTE", lambda statement=statement: statement.cte("zz").c.keys())
    if name not in OF_SUBQUERIES | AMBIGUOUS:
        told(f"{name}: names in a subquery", lambda: [one.name for one in make().subquery("zz").c])
    told(f"{name}: the rows of a subquery", lambda: keys_of_rows(select(make().subquery("zz"))))
    told(f"{name}: selected_columns", lambda: make().selected_columns.keys())

told(
    "CTEs without labels",
    lambda: select(User.id, Post.id).set_label_style(LABEL_STYLE_NONE).cte().c.keys(),
)
told("expressions of an alias", lambda: select(aliased(User)).subquery().c.keys())

# -- what statements that write return ----------------------------------------------------------

RETURNED = {
    "an object": (User,),
    "columns": (User.name, User.id),
    "an object and a value": (User.id, User),
    "a label": (User.name.label("z"),),
    "a table": (table,),
    "columns of the table": (table.c.id, table.c.user_name),
    "a bundle": (Bundle("bb", User.id, User.name),),
    "an expression of the mapping": (User.upper,),
}
WRITING = {
    "insert": insert(User).values(name="q", age=5),
    "insert into the table": insert(table).values(user_name="q", age=5),
    "update": update(User).where(User.name == "ann").values(age=9),
    "update, fetched": update(User)
    .where(User.name == "ann")
    .values(age=9)
    .execution_options(synchronize_session="fetch"),
    "delete": delete(User).where(User.name == "b"),
}
for name, entities in RETURNED.items():
    for verb, statement in WRITING.items():
        if verb == "insert into the table" and name == "an object and a value":
            continue
        whole = statement.returning(*entities)
        told(f"{verb}, {name}", lambda whole=whole: keys_of_rows(whole))
        session.rollback()
    rows = [{"name": "a", "age": 1}, {"name": "b", "age": 2}]
    many = insert(User).returning(*entities)
    attempt(
        f"insert many, {name}",
        lambda many=many, rows=rows: list(session.execute(many, rows).keys()),
    )
    session.rollback()

# -- objects of subqueries, and of statements that are given -------------------------------------

INNER = {
    "some columns": select(User.id, User.name),
    "in another order": select(User.name, User.age, User.id),
    "labels": select(User.id.label("a"), User.name.label("b")),
    "all": select(User),
    "limited": select(User).order_by(User.name.desc()).limit(1),
    "a union": union(select(User).where(User.id == 1), select(User).where(User.id == 2)),
    "a union of columns": union(select(User.id, User.name), select(User.id, User.name)),
    "the table": select(table),
    "of a subquery": select(select(User).subquery()),
    "of an alias": select(aliased(Post)),
}


def there(found):
    """What an object has, and what it says."""
    session.expunge_all()
    rows = []
    for one in session.scalars(found).all():
        have = sorted(key for key in vars(one) if key[0] != "_")
        rows.append((have, one.id, getattr(one, "name", None), getattr(one, "title", None)))
    return rows


for name, inner in INNER.items():
    cls = Post if name == "of an alias" else User
    if "columns" not in name and name not in ("labels", "in another order"):
        attempt(
            f"an alias of a subquery: {name}", lambda: there(select(aliased(cls, inner.subquery())))
        )
        attempt(f"an alias of a CTE: {name}", lambda: there(select(aliased(cls, inner.cte()))))
    attempt(f"from_statement(): {name}", lambda: there(select(cls).from_statement(inner)))
    attempt(
        f"a column of an alias: {name}",
        lambda: session.execute(
            select((other := aliased(cls, inner.subquery())).id).order_by(other.id)
        ).all(),
    )
found = aliased(Post, select(Post.title, Post.id.label("number")).subquery())
attempt("what is not there is left for later", lambda: there(select(found)))
attempt(
    "no key is there",
    lambda: session.scalars(select(aliased(Post, select(Post.title).subquery()))).all(),
)
report(
    "what from_statement() is described as",
    [
        one["name"]
        for one in select(User, Post.id).from_statement(text("select 1")).column_descriptions
    ],
)
