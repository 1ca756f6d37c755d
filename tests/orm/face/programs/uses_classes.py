"""Names that programs import for what they are: bases, kinds, constants, and their former names."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    create_engine,
    event,
    func,
    inspect,
    orm,
    select,
    text,
)
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.orm import (
    Session,
    attributes,
    collections,
    decl_api,
    exc,
    interfaces,
    mapped_column,
    mapperlib,
    relationship,
    scoping,
    strategy_options,
)
from sqlalchemy.orm.session import _state_session


class Base(orm.DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "note"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    key: orm.Mapped[str]
    owner_id: orm.Mapped[int | None] = mapped_column(ForeignKey("owner.id"))


class Loud(orm.ColumnProperty.Comparator):
    __hash__ = None

    def __eq__(self, other):
        return func.lower(self.__clause_element__()) == func.lower(other)


class Owner(Base):
    __tablename__ = "owner"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    name: orm.Mapped[str] = orm.column_property(Column(String), comparator_factory=Loud)
    alias: orm.Mapped[str] = orm.synonym("name")
    shout: orm.Mapped[str] = orm.column_property(func.upper(name))
    _sentinel: orm.Mapped[int] = orm.orm_insert_sentinel()
    notes: orm.Mapped[dict[str, Note]] = relationship(
        collection_class=orm.attribute_keyed_dict("key"), cascade="all, delete-orphan"
    )


orm.configure_mappers()
mapper = inspect(Owner)
report("kinds", [isinstance(mapper.attrs.notes, orm.Relationship)])
report("synonym", isinstance(mapper.synonyms.alias, orm.Synonym))
report("expression", isinstance(mapper.attrs.shout, orm.MappedSQLExpression))
report(
    "comparator",
    issubclass(Loud, orm.PropComparator) and issubclass(Loud, interfaces.PropComparator),
)
report("compared", str(Owner.name == "ADA"))
options = (orm.joinedload(Owner.notes), orm.defer(Owner.name), orm.Load(Owner))
report("options", [isinstance(each, interfaces.LoaderOption) for each in options])
report("loads", [isinstance(each, strategy_options._AbstractLoad) for each in options])
report("registries", Base.registry in mapperlib._all_registries())
report("metaclass", isinstance(Base, decl_api.DeclarativeAttributeIntercept))
Former = orm.declarative_base()
report(
    "former metaclass",
    [type(Former) is orm.DeclarativeMeta, decl_api.DeclarativeMeta is type(Former)],
)


class Own(orm.DeclarativeMeta):
    def __init__(cls, name, bases, members, **kw):
        cls.seen = name
        super().__init__(name, bases, members, **kw)


class Mine(orm.declarative_base(metaclass=Own)):
    __tablename__ = "mine"
    id = Column(Integer, primary_key=True)


report("own metaclass", [Mine.seen, inspect(Mine).local_table.name])


class Data(orm.MappedAsDataclass, Base):
    __tablename__ = "data"
    id: orm.Mapped[int] = mapped_column(primary_key=True)


report("dataclasses", isinstance(Data, decl_api.DCTransformDeclarative))

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add_all([Owner(name="a"), Owner(name="b")])
session.flush()
owner = session.get(Owner, 1)
report("dict", isinstance(owner.notes, orm.KeyFuncDict))
owner.notes["x"] = Note(key="x")
report("collections", [isinstance(owner.notes, dict), orm.MappedCollection is orm.KeyFuncDict])
report("same", collections.KeyFuncDict is orm.KeyFuncDict)
report(
    "adapter",
    isinstance(collections.collection_adapter(owner.notes), collections.CollectionAdapter),
)
former = {
    "attribute": orm.attribute_mapped_collection is collections.attribute_mapped_collection,
    "column": callable(orm.column_mapped_collection) and callable(orm.column_keyed_dict),
    "function": callable(orm.mapped_collection) and callable(orm.keyfunc_mapping),
}
report("former names", former)
report("lists", issubclass(collections.InstrumentedList, list))
report(
    "sets",
    [issubclass(collections.InstrumentedSet, set), issubclass(collections.InstrumentedDict, dict)],
)
session.commit()
sent()
for name in ("PASSIVE_NO_FETCH", "PASSIVE_ONLY_PERSISTENT"):
    found = attributes.get_history(owner, "notes", getattr(attributes, name))
    report(name, [[each.key for each in part or ()] for part in found])
    report(f"{name} sent", len(sent()) > 0)
report("no result", attributes.PASSIVE_NO_RESULT is orm.base.PASSIVE_NO_RESULT)
report("state's session", _state_session(inspect(owner)) is session)
report("scoped", scoping.ScopedSession is orm.scoped_session)

errors = {
    "concurrent": exc.ConcurrentModificationError is exc.StaleDataError,
    "none": [exc.NoResultFound is NoResultFound, exc.MultipleResultsFound is MultipleResultsFound],
    "unmapped": [
        issubclass(kind, exc.UnmappedError)
        for kind in (exc.UnmappedClassError, exc.UnmappedInstanceError)
    ],
    "gone": issubclass(exc.ObjectDereferencedError, Exception),
    "loading": issubclass(exc.LoaderStrategyException, Exception),
}
report("errors", errors)
heard = []
families = {
    orm.MapperEvents: "before_insert",
    orm.InstanceEvents: "load",
    orm.AttributeEvents: "set",
    orm.SessionEvents: "after_flush",
    orm.RegistryEvents: "before_configured",
    orm.InstrumentationEvents: "class_instrument",
}
for family, identifier in families.items():
    report(family.__name__, hasattr(family, identifier))


@event.listens_for(Owner.name, "set")
def hear(target, value, old, token):
    heard.append([value, token.key, isinstance(token, orm.AttributeEventToken)])


event.listen(Owner, "before_insert", lambda *given: heard.append("insert"))
session.add(Owner(name="c"))
session.flush()
report("heard", heard)
report("constants", [orm.EXT_CONTINUE is interfaces.EXT_CONTINUE, orm.EXT_STOP is not orm.EXT_SKIP])

handed = []
event.listen(session, "do_orm_execute", handed.append)
session.scalars(select(Owner)).all()
other = orm.aliased(Owner)
given = {
    "AliasedClass": isinstance(other, orm.util.AliasedClass),
    "AliasedInsp": isinstance(inspect(other), orm.util.AliasedInsp),
    "AttributeState": isinstance(inspect(owner).attrs.name, orm.AttributeState),
    "FromStatement": isinstance(select(Owner).from_statement(text("x")), orm.FromStatement),
    "IdentityMap": isinstance(session.identity_map, orm.IdentityMap),
    "InstanceState": isinstance(inspect(owner), orm.InstanceState),
    "MappedColumn": isinstance(mapped_column(Integer), orm.MappedColumn),
    "ORMExecuteState": isinstance(handed[0], orm.ORMExecuteState),
    "SessionTransaction": isinstance(session.get_transaction(), orm.SessionTransaction),
    "SynonymProperty": isinstance(mapper.synonyms.alias, orm.SynonymProperty),
}
report("what is handed out", given)


@orm.unmapped_dataclass
class Named:
    name: orm.Mapped[str] = mapped_column(default="n")


class Place(Named, orm.MappedAsDataclass, Base):
    __tablename__ = "place"
    id: orm.Mapped[int] = mapped_column(primary_key=True, init=False)


report("unmapped dataclass", [Place("x").name, sorted(inspect(Place).column_attrs.keys())])
