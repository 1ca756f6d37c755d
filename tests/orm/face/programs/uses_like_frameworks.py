"""What web frameworks' extensions build on: bases, queries and sessions of their own."""

import re

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    create_engine,
    event,
    func,
    inspect,
    orm,
    select,
)
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import DeclarativeMeta, Query, Session, declared_attr, scoped_session

engines = {None: create_engine("sqlite:///main.db"), "logs": create_engine("sqlite:///logs.db")}
metadatas = {None: MetaData(), "logs": MetaData()}


class OwnQuery(Query):
    def page(self, number, size):
        items = self.limit(size).offset((number - 1) * size).all()
        return items, self.order_by(None).count()

    def one_or_said(self):
        found = self.first()
        return "nobody" if found is None else found


class Property:
    def __get__(self, instance, owner):
        return owner.query_class(owner, session=database())


class Model:
    query_class = OwnQuery
    query = Property()

    def __repr__(self):
        return f"<{type(self).__name__} {inspect(self).identity}>"


class Meta(DeclarativeMeta):
    def __init__(cls, name, bases, members, **kw):
        key = members.get("__bind_key__")
        if key is not None:
            cls.metadata = metadatas[key]
        if "__tablename__" not in members and any("id" in vars(base) for base in (cls, *bases)):
            cls.__tablename__ = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        super().__init__(name, bases, members, **kw)


class OwnSession(Session):
    def get_bind(self, mapper=None, clause=None, bind=None, **kw):
        if mapper is not None:
            table = inspect(mapper).local_table
            for key, metadata in metadatas.items():
                if table.metadata is metadata:
                    return engines[key]
        return super().get_bind(mapper=mapper, clause=clause, bind=bind, **kw)


scope = ["request 1"]
database = scoped_session(
    orm.sessionmaker(engines[None], class_=OwnSession, query_cls=OwnQuery),
    scopefunc=lambda: scope[0],
)
Base = declarative_base(cls=Model, metaclass=Meta, metadata=metadatas[None], name="Base")


class Stamped:
    @declared_attr
    def made_by(cls):
        return Column(String(20), default=lambda: scope[0])


class UserAccount(Stamped, Base):
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    posts = orm.relationship("Post", backref=orm.backref("author", lazy="joined"), lazy="select")


class Post(Base):
    id = Column(Integer, primary_key=True)
    title = Column(String(20))
    author_id = Column(ForeignKey("user_account.id"))


class LogLine(Base):
    __bind_key__ = "logs"
    id = Column(Integer, primary_key=True)
    said = Column(String(20))


for key, metadata in metadatas.items():
    metadata.create_all(engines[key])
report("names", [UserAccount.__tablename__, LogLine.__tablename__])
report("tables", [sorted(each.tables) for each in metadatas.values()])

changes = []


@event.listens_for(database, "before_flush")
def note(session, context, instances):
    changes.append([len(session.new), len(session.dirty), len(session.deleted)])


@event.listens_for(orm.Mapper, "after_insert")
def inserted(mapper, connection, target):
    changes.append(["inserted", mapper.class_.__name__])


database.add(UserAccount(name="ada", posts=[Post(title="a"), Post(title="b"), Post(title="c")]))
database.add(LogLine(said="hello"))
database.commit()
report("changes", changes)
report("page", [list(map(repr, UserAccount.query.page(1, 10)[0])), Post.query.page(2, 2)[1]])
report("own method", UserAccount.query.filter_by(name="eve").one_or_said())
report("session's query", type(database.query(Post)).__name__)
report(
    "joined", database.query(Post.title).join(Post.author).filter(UserAccount.name == "ada").count()
)
report("stamped", UserAccount.query.first().made_by)
report("elsewhere", [line.said for line in LogLine.query])
first = database()
scope[0] = "request 2"
report("another scope", database() is not first)
database.add(UserAccount(name="bob"))
database.commit()
database.remove()
scope[0] = "request 1"
report("the first again", database() is first)
database.remove()
report("counts", database.execute(select(func.count()).select_from(UserAccount)).scalar())
report(
    "grouped",
    [
        tuple(row)
        for row in database.query(UserAccount.name, func.count(Post.id))
        .outerjoin(Post)
        .group_by(UserAccount.name)
        .order_by(UserAccount.name)
    ],
)
report("exists", database.query(database.query(Post).filter(Post.title == "b").exists()).scalar())
report("slice", [each.title for each in Post.query.order_by(Post.id)[1:3]])
report("get", [repr(database.get(UserAccount, 1)), database.get(UserAccount, 99)])
report(
    "updated",
    Post.query.filter(Post.title.in_(["a", "b"])).update(
        {"title": "x"}, synchronize_session="fetch"
    ),
)
report("deleted", Post.query.filter_by(title="x").delete())
database.rollback()
report("rolled back", Post.query.count())
# The class is everybody's: other programs run in the same process.
event.remove(orm.Mapper, "after_insert", inserted)
