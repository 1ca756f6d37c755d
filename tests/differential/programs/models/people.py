"""People and their pets in a file, and numbered steps: what a session holds, and its states."""

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
)
from sqlalchemy.orm import (
    Session,
    declarative_base,
    relationship,
)

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
