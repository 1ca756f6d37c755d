"""What listeners may do to the session that tells them, and what is refused."""

import itertools
import tempfile
import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import (
    Session,
    declarative_base,
    relationship,
    sessionmaker,
)
from sqlalchemy.orm.session import SessionTransactionOrigin

warnings.simplefilter("ignore")
Base = declarative_base()
numbers = itertools.count(1)


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    name = Column(String(30), unique=True)
    note = Column(String(30))
    made = Column(Integer, default=7)
    told = Column(Integer, server_default="9")
    pets = relationship(
        "Pet", back_populates="owner", cascade="all, delete-orphan", order_by="Pet.id"
    )


class Pet(Base):
    __tablename__ = "pet"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    owner_id = Column(ForeignKey("person.id"))
    owner = relationship("Person", back_populates="pets")


def database():
    engine = create_engine("sqlite:///" + tempfile.mkdtemp() + "/t.db")

    @event.listens_for(engine, "connect")
    def leave_it_to_us(dbapi_connection, record):
        dbapi_connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(conn):
        conn.exec_driver_sql("BEGIN")

    Base.metadata.create_all(engine)
    with Session(engine) as filling:
        filling.add_all(
            [
                Person(name="a", note=None, pets=[Pet(name="x"), Pet(name="y")]),
                Person(name="b", note=None),
            ]
        )
        filling.commit()
    return engine


def keys(one):
    return sorted(key for key in one.__dict__ if not key.startswith("_"))


def state(one):
    found = inspect(one)
    names = ("transient", "pending", "persistent", "deleted", "detached")
    return next(name for name in names if getattr(found, name))


def say(name, value):
    report(f"{next(numbers)} {name}", value)


def tried(name, function, *arguments, **options):
    attempt(f"{next(numbers)} {name}", function, *arguments, **options)


def count(name):
    report(f"number of statements {next(numbers)} {name}", len(sent()))


e = database()
S = sessionmaker(e)
say("origins", [(one.name, one.value) for one in SessionTransactionOrigin])


def ended(s, name):
    if name.startswith(("before_flush", "after_flush")):
        s.get(Person, 1).note = f"note {next(numbers)}"
        s.flush()
    elif "rollback" in name:
        s.rollback()
    else:
        s.commit()


def done(s, what):
    if what == "execute":
        return s.execute(text("select 1")).scalar()
    if what == "add":
        return s.add(Person(name=f"added {next(numbers)}", note=None))
    return getattr(s, what)() and None


EVENTS = (
    "before_commit",
    "after_commit",
    "after_rollback",
    "after_soft_rollback",
    "before_flush",
    "after_flush",
    "after_flush_postexec",
    "after_transaction_end",
)
for name in EVENTS:
    for what in (
        "execute",
        "commit",
        "rollback",
        "close",
        "flush",
        "begin",
        "add",
        "begin_nested",
    ):
        s = S()
        s.get(Person, 1)

        def heard(*arguments, name=name, what=what):
            tried(f"{what} in {name}", done, arguments[0], what)

        event.listen(s, name, heard, once=True)
        tried(name, ended, s, name)
        say("in transaction", s.in_transaction())
        tried("then", lambda s=s: s.get(Person, 2).name)
        tried("close", s.close)
s = S()


def ab(session, tx, conn):
    tried("in after_begin close", session.close)


event.listen(s, "after_begin", ab)
tried("conn", lambda: s.connection() and None)
tried("close", s.close)
s = S()
s.connection()
warnings.simplefilter("always")
with warnings.catch_warnings(record=True) as w:
    s.connection(execution_options={"isolation_level": "READ UNCOMMITTED"})
say("warned", [str(x.message) for x in w])
s.close()
