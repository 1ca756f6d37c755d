"""Bundles, aliases, expressions given at query time, and the legacy query's own methods."""

from sqlalchemy import ForeignKey, create_engine, func, inspect, literal, orm, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Bundle, DictBundle, Session, aliased, mapped_column, relationship


class Base(orm.DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    name: orm.Mapped[str]
    score: orm.Mapped[int | None] = orm.query_expression()
    fixed: orm.Mapped[int | None] = orm.query_expression(literal(7))
    pets: orm.Mapped[list["Pet"]] = relationship(back_populates="owner", order_by="Pet.id")


class Pet(Base):
    __tablename__ = "pet"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    name: orm.Mapped[str]
    owner_id: orm.Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    owner: orm.Mapped[Person | None] = relationship(back_populates="pets")


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add_all(
    [
        Person(id=1, name="a", pets=[Pet(id=1, name="x"), Pet(id=2, name="y")]),
        Person(id=2, name="b"),
    ]
)
session.commit()

scored = select(Person).options(orm.with_expression(Person.score, Person.id * 10))
found = session.scalars(scored.order_by(Person.id)).all()
report("expression", [[each.score, each.fixed] for each in found])
session.expunge_all()
found = session.scalars(
    select(Person).options(orm.Load(Person).with_expression(Person.score, func.length(Person.name)))
).all()
report("by load", sorted(each.score for each in found))
session.expunge_all()
report("not given", [each.score for each in session.scalars(select(Person))])

pair = Bundle("pair", Person.id, Person.name)
rows = session.execute(select(pair).where(pair.c.name == "a")).all()
report("bundle", [[row.pair.id, row.pair.name] for row in rows])
single = Bundle("pair", Person.id, Person.name, single_entity=True)
report("single", [tuple(row) for row in session.query(single).order_by(Person.id)])
report(
    "dicts",
    session.scalars(select(DictBundle("d", Person.id, Person.name)).order_by(Person.id)).all(),
)


class Joined(Bundle):
    def create_row_processor(self, query, procs, labels):
        def process(row):
            return "-".join(str(proc(row)) for proc in procs)

        return process


report(
    "own bundle",
    session.scalars(select(Joined("j", Person.id, Person.name)).order_by(Person.id)).all(),
)
report("labels", [pair.columns.keys(), pair.c.id is not None, pair.label("p").name])

other = aliased(Pet, name="other")
report("alias", session.execute(select(Pet.id, other.id).join(other, other.id > Pet.id)).all())
report("alias inspected", [inspect(other).mapper is inspect(Pet), inspect(other).name])
older = aliased(Pet, select(Pet).where(Pet.id > 1).subquery())
report("of subquery", [each.id for each in session.scalars(select(older))])
report("isinstance", isinstance(other, orm.util.AliasedClass))
report(
    "with parent",
    [
        each.id
        for each in session.scalars(
            select(Pet).where(orm.with_parent(session.get(Person, 1), Person.pets))
        )
    ],
)

query = session.query(Person.id)
report("add columns", [tuple(row) for row in query.add_columns(Person.name).order_by(Person.id)])
report(
    "add entity", [[row[0], row[1].name] for row in query.add_entity(Person).order_by(Person.id)]
)
another = Session(engine)
report("other session", session.query(Person).with_session(another).first() in another)
locked = session.query(Person.id).with_for_update(nowait=True).statement
report("locked", str(locked.compile(dialect=postgresql.dialect())).split()[-3:])
report(
    "from text",
    [
        each.name
        for each in session.scalars(
            select(Person).from_statement(text("select * from person order by id"))
        )
    ],
)
report("class", isinstance(select(Person).from_statement(text("select 1")), orm.FromStatement))
report(
    "criteria",
    [
        each.id
        for each in session.scalars(select(Pet).options(orm.with_loader_criteria(Pet, Pet.id == 2)))
    ],
)
report(
    "polymorphic",
    [
        each.id
        for each in session.scalars(select(orm.with_polymorphic(Person, "*")).order_by(text("1")))
    ],
)
