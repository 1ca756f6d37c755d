"""What is told of legacy queries before they are compiled, and of updates and deletes of many."""

from sqlalchemy import create_engine, event, orm
from sqlalchemy.orm import Query, Session, mapped_column
from sqlalchemy.orm import query as query_module


class Base(orm.DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    name: orm.Mapped[str]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add_all([Person(id=1, name="a"), Person(id=2, name="b")])
session.commit()
names = ("before_compile", "before_compile_update", "before_compile_delete")
report("events", [hasattr(orm.QueryEvents, name) for name in names])
heard = []


@event.listens_for(Query, "before_compile", retval=True)
def only_first(query):
    heard.append("compile")
    return query.filter(Person.id == 1)


@event.listens_for(Query, "before_compile_update", retval=True)
def of_update(query, context):
    heard.append(["update", isinstance(context, query_module.BulkUpdate)])
    context.values["name"] = "told"
    return query


@event.listens_for(Query, "before_compile_delete", retval=True)
def of_delete(query, context):
    heard.append(["delete", isinstance(context, query_module.BulkDelete)])
    return query.filter(Person.id == 2)


report("first", [each.id for each in session.query(Person)])
event.remove(Query, "before_compile", only_first)
report("updated", session.query(Person).update({"name": "z"}))
report("names", [each.name for each in session.query(Person).order_by(Person.id)])
report("deleted", session.query(Person).delete())
report("left", [each.id for each in session.query(Person)])
report("heard", heard)
kinds = (query_module.BulkUpdate, query_module.BulkDelete)
report("kinds", [issubclass(kind, query_module.BulkUD) for kind in kinds])
# The class is everybody's: other programs run in the same process.
event.remove(Query, "before_compile_update", of_update)
event.remove(Query, "before_compile_delete", of_delete)
