"""Arguments of mappers, properties and validators: what each does, or that it is refused."""

import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    case,
    create_engine,
    func,
    inspect,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import (
    ColumnProperty,
    DeclarativeBase,
    Mapped,
    Session,
    column_property,
    mapped_column,
    query_expression,
    reconstructor,
    registry,
    relationship,
    synonym,
    undefer,
    undefer_group,
    validates,
    with_expression,
)

warnings.simplefilter("ignore")


def new_base():
    return type("Base", (DeclarativeBase,), {"__module__": __name__})


def opened(base, *objects):
    """A session with the tables of a base, and these objects in them."""
    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    session = Session(engine)
    session.add_all(objects)
    session.commit()
    session.expunge_all()
    return session


def declared(arguments):
    """What a mapper with these arguments tells; an error by its name."""
    base = new_base()
    namespace = {
        "__tablename__": "a",
        "__module__": __name__,
        "id": mapped_column(Integer, primary_key=True),
        "x": mapped_column(Integer),
        "y": mapped_column(String),
        "__mapper_args__": arguments,
    }
    try:
        mapper = type(base)("A", (base,), namespace).__mapper__
    except Exception as error:  # noqa: BLE001 - whichever it is, is the answer
        return type(error).__name__
    return [
        sorted(mapper.attrs.keys()),
        [str(column) for column in mapper.primary_key],
        str(mapper.polymorphic_on),
        str(mapper.version_id_col),
        [mapper.eager_defaults, mapper.always_refresh, mapper.batch, mapper.confirm_deleted_rows],
    ]


for name, arguments in {
    "include": {"include_properties": ["id", "x"]},
    "exclude": {"exclude_properties": ["y"]},
    "prefix": {"column_prefix": "p_"},
    "polymorphic": {"polymorphic_on": "y", "polymorphic_identity": "q"},
    "polymorphic on nothing": {"polymorphic_on": "nope"},
    "polymorphic on a number": {"polymorphic_on": 5},
    "identity alone": {"polymorphic_identity": "q"},
    "abstract alone": {"polymorphic_abstract": True},
    "abstract": {"polymorphic_abstract": True, "polymorphic_on": "y"},
    "eager": {"eager_defaults": True},
    "always": {"always_refresh": True},
    "one by one": {"batch": False},
    "unconfirmed": {"confirm_deleted_rows": False},
    "with all": {"with_polymorphic": "*"},
    "with a number": {"with_polymorphic": 5},
    "properties": {"properties": {"w": synonym("x")}},
    "misspelt": {"polymorphic_ident": "x"},
    "inherits another": {"inherits": int},
    "key by name": {"primary_key": ["id", "x"]},
    "key of nothing": {"primary_key": ["nope"]},
    "no mapping": 5,
}.items():
    report(f"mapper: {name}", declared(arguments))


def by_expression():
    base = new_base()

    class Employee(base):
        __tablename__ = "employee"
        id: Mapped[int] = mapped_column(primary_key=True)
        code: Mapped[str] = mapped_column()
        kind = column_property(case((code == "m", "manager"), else_="employee"))
        __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "employee"}

    class Manager(Employee):
        __mapper_args__ = {"polymorphic_identity": "manager"}

    session = opened(base)
    session.execute(text("INSERT INTO employee VALUES (1, 'm'), (2, 'x')"))
    found = session.scalars(select(Employee).order_by(Employee.id)).all()
    return [(type(one).__name__, one.kind) for one in found], len(
        session.scalars(select(Manager)).all()
    )


def abstract():
    base = new_base()

    class Animal(base):
        __tablename__ = "animal"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    class Dog(Animal):
        __mapper_args__ = {"polymorphic_identity": "dog"}

    session = opened(base, Dog(id=1))
    report("abstract loads", [type(one).__name__ for one in session.scalars(select(Animal))])
    return Animal(id=2)


def always():
    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int]
        __mapper_args__ = {"always_refresh": True}

    session = opened(base, A(id=1, x=1))
    one = session.get(A, 1)
    session.execute(text("UPDATE a SET x = 5"))
    session.scalars(select(A)).all()
    return one.x


def half_keys(allowed):
    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        k: Mapped[Optional[int]] = mapped_column(primary_key=True)
        __mapper_args__ = {"allow_partial_pks": allowed}

    session = opened(new_base())
    session.execute(text("CREATE TABLE a (id INTEGER, k INTEGER)"))
    session.execute(text("INSERT INTO a VALUES (1, NULL), (2, 2), (NULL, NULL)"))
    found = session.scalars(select(A).order_by(A.id)).all()
    return [None if one is None else (one.id, one.k) for one in found]


def properties():
    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[Optional[int]] = mapped_column()
        y: Mapped[Optional[int]]
        plain = column_property(x + 1, info={"a": 1}, doc="more")
        kept = column_property(x + 2, expire_on_flush=False)
        late = column_property(x + 3, deferred=True)
        first = column_property(x + 4, deferred=True, group="g")
        second = column_property(x + 5, deferred=True, group="g")
        refused = column_property(x + 6, deferred=True, raiseload=True)
        asked = query_expression()
        usual = query_expression(default_expr=literal(7))

    session = opened(base, A(id=1, x=1, y=2))
    sent()
    one = session.scalars(select(A)).one()
    report("properties: loading", [len(sent()), one.plain, one.kept, one.asked, one.usual])
    report("properties: no more", len(sent()))
    report("properties: late", [one.late, len(sent())])
    report("properties: group", [one.first, one.second, len(sent())])
    attempt("properties: refused", lambda: one.refused)
    one.y = 9
    session.flush()
    sent()
    report("properties: after a flush", [one.kept, len(sent()), one.plain, len(sent())])
    session.expunge_all()
    asked = session.scalars(select(A).options(with_expression(A.asked, A.x + 100))).one()
    report("properties: asked", asked.asked)
    again = select(A).options(undefer_group("g"), undefer(A.late))
    one = session.scalars(again.execution_options(populate_existing=True)).one()
    sent()
    report("properties: undeferred", [one.first, one.second, one.late, len(sent())])
    report("properties: told", [A.plain.info, A.plain.property.doc])
    report("properties: found by", session.scalars(select(A.id).where(A.plain == 2)).all())
    new = A(id=5, x=1)
    report("properties: of a new one", [new.plain, new.asked])


def comparators():
    class Comparator(ColumnProperty.Comparator):
        def __eq__(self, other):
            return func.lower(self.__clause_element__()) == func.lower(other)

        __hash__ = None

        def shouted(self):
            return func.upper(self.__clause_element__())

    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        n: Mapped[str] = column_property(mapped_column("n", String), comparator_factory=Comparator)
        s = synonym("n")
        t = synonym("n", comparator_factory=Comparator)

    return [str(A.n == "X"), str(A.n.shouted()), str(A.s == "X"), str(A.t == "X")]


def synonyms():
    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[Optional[int]] = mapped_column("other")
        y = synonym("x", info={"a": 1})

        @property
        def shown(self):
            return f"<{self.x}>"

        z = synonym("x", descriptor=shown)

    session = opened(base, A(id=1, y=5))
    report("synonyms: keys", [A.y.key, A.z.key, str(A.y), str(A.z), A.y.info])
    for name, statement in {
        "selected": select(A.y),
        "beside": select(A.id, A.y),
        "filtered": select(A.id).where(A.y == 5),
        "filtered by": select(A.id).filter_by(y=5),
        "of a descriptor": select(A.id).where(A.z == 5),
    }.items():
        row = session.execute(statement).one()
        report(f"synonyms: {name}", [row._fields, tuple(row)])
    report("synonyms: values", [session.get(A, 1).y, session.get(A, 1).z])
    session.execute(update(A).values(y=3).execution_options(synchronize_session=False))
    report("synonyms: written", session.scalars(select(A.x)).all())


def validators():
    seen = []
    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[Optional[int]]
        y: Mapped[Optional[str]]
        bs: Mapped[List["B"]] = relationship(back_populates="a")
        z = synonym("x")

        @validates("x", "y")
        def check(self, key, value):
            seen.append(("A", key, value))
            return value

        @validates("bs", include_removes=True, include_backrefs=False)
        def check_bs(self, key, value, is_remove):
            seen.append(("A", key, is_remove))
            return value

    class B(base):
        __tablename__ = "b"
        id: Mapped[int] = mapped_column(primary_key=True)
        a_id: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id"))
        a: Mapped["A"] = relationship(back_populates="bs")

        @validates("a")
        def check(self, key, value):
            seen.append(("B", key, value is None))
            return value

    class Below(A):
        @validates("x")
        def check(self, key, value):
            seen.append(("Below", key, value))
            return value * 2

    one, other = A(x=1, y="q"), B(id=1)
    one.bs.append(other)
    one.bs.remove(other)
    other.a = one
    other.a = None
    one.bs = [B(id=2)]
    one.z = 8
    report("validators: of a class", list(seen))
    seen.clear()
    report("validators: of a subclass", [Below(x=3).x, list(seen)])
    report("validators: named", sorted(inspect(A).validators))


def constructors():
    seen = []
    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "a"}

        def __init__(self, **given):
            seen.append("made")
            super().__init__(**given)

        @reconstructor
        def loaded(self):
            seen.append(("A", self.id))

    class Below(A):
        __mapper_args__ = {"polymorphic_identity": "b"}

        @reconstructor
        def loaded(self):
            seen.append(("Below", self.id))

    session = opened(base, A(id=1), Below(id=2))
    session.scalars(select(A).order_by(A.id)).all()
    return seen


def imperative():
    mappings = registry()
    table = Table(
        "job", mappings.metadata, Column("id", Integer, primary_key=True), Column("state", String)
    )

    class Job:
        def __init__(self, given):
            self.given = given

    mapper = mappings.map_imperatively(
        Job,
        table,
        properties={
            "state": synonym("_state", map_column=True),
            "loud": column_property(func.upper(table.c.state)),
        },
    )
    return sorted(mapper.attrs.keys()), Job(5).given, Job(5)._state


attempt("by expression", by_expression)
attempt("abstract is made", abstract)
attempt("always refreshed", always)
attempt("half keys", half_keys, True)
attempt("no half keys", half_keys, False)
properties()
attempt("comparators", comparators)
synonyms()
validators()
attempt("constructors", constructors)
attempt("imperative", imperative)
