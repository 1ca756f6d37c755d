"""Every operator of a mapped attribute, as SQL; and what a relationship makes of its own."""

from sqlalchemy import ForeignKey, any_, desc, orm
from sqlalchemy.orm import mapped_column, relationship


class Base(orm.DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    name: orm.Mapped[str]
    called = orm.synonym("name")
    boss_id: orm.Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    boss: orm.Mapped["Person | None"] = relationship(remote_side=id, back_populates="staff")
    staff: orm.Mapped[list["Person"]] = relationship(back_populates="boss")


NO_ARGUMENT = "asc desc nulls_first nullsfirst nulls_last nullslast distinct all_ any_ bitwise_not"
TEXT = """ilike notilike not_ilike like notlike not_like startswith istartswith endswith iendswith
contains icontains match regexp_match concat collate"""
PLAIN = """is_ is_not isnot is_distinct_from is_not_distinct_from isnot_distinct_from bitwise_and
bitwise_or bitwise_xor bitwise_lshift bitwise_rshift"""
LISTS = "in_ not_in notin_"
for key, attribute in {
    "column": Person.name,
    "synonym": Person.called,
    "alias": orm.aliased(Person).name,
}.items():
    for name in NO_ARGUMENT.split():
        attempt(f"{key} {name}", lambda: str(getattr(attribute, name)()))
    for name in TEXT.split():
        attempt(f"{key} {name}", lambda: str(getattr(attribute, name)("x")))
    for name in PLAIN.split():
        attempt(f"{key} {name}", lambda: str(getattr(attribute, name)(5)))
    for name in LISTS.split():
        attempt(f"{key} {name}", lambda: str(getattr(attribute, name)([1, 2])))
    report(f"{key} between", str(attribute.between(1, 2)))
    report(f"{key} replace", str(attribute.regexp_replace("a", "b")))
    report(f"{key} op", [str(attribute.op("+++")(3)), str(attribute.bool_op("&&")(3))])
    report(f"{key} label", str(attribute.label("z")))
    report(f"{key} cast", str(attribute.cast(Person.id.type)))
report("arithmetic", str((Person.id + 1) * 2 - Person.id / 3 % 4))
report("order", str(desc(Person.name)))
report("any", str(Person.id == any_(Person.boss_id)))

staff, boss = Person.staff, Person.boss
for name in ("is_", "is_not", "isnot"):
    differs(f"relationship {name}", why="there it is not implemented; here it is what == None is")
someone = Person(id=4)
for name, made in {
    "is none": lambda: boss == None,  # noqa: E711 - SQL is NULL
    "is not none": lambda: boss != None,  # noqa: E711 - SQL is NOT NULL
    "is object": lambda: boss == someone,
    "is not object": lambda: boss != someone,
    "is_": lambda: boss.is_(None),
    "is_not": lambda: boss.is_not(None),
    "isnot": lambda: boss.isnot(None),
    "has": lambda: boss.has(),
    "has name": lambda: boss.has(name="x"),
    "any": lambda: staff.any(Person.name == "x"),
    "contains": lambda: staff.contains(someone),
    "not any": lambda: ~staff.any(),
    "of type": lambda: staff.of_type(orm.aliased(Person)).any(),
    "list compared": lambda: staff == [someone],
    "in": lambda: boss.in_([someone]),
    "has on list": lambda: staff.has(),
    "any on one": lambda: boss.any(),
    "contains on one": lambda: boss.contains(someone),
    "less": lambda: boss < someone,
    "like": lambda: boss.like("x"),
}.items():
    attempt(f"relationship {name}", lambda made=made: str(made()))
