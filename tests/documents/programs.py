"""The documents' programs: their code (`<< document piece`), and between it what they leave out.

They are written for the oracle's import name. What they report is plain, so that it can be written
down here: what they must tell, with both libraries and on every server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NO_LENGTH = "VARCHAR requires a length on dialect"


@dataclass(frozen=True)
class Program:
    """A program, what it tells, and where that is otherwise."""

    name: str
    text: str
    tells: Mapping[str, Any]
    ends_on_the_oracle: str = ""
    """The exception by which SQLAlchemy 2 ends it, where it gave the idiom up."""
    needs_lengths: bool = field(default=False, kw_only=True)
    """Whether it has columns of strings without a length, which MySQL and MariaDB do not have."""


SUPPLY_A_USER = """
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base, sessionmaker
Base = declarative_base()
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    username = Column(String(50))
    email = Column(String(100))
Base.metadata.create_all(engine)
"""

FIRST = (
    Program(
        "000_engine",
        """
from sqlalchemy import create_engine, text
with create_engine("sqlite:///mydatabase.db").begin() as connection:
    connection.execute(text("create table mytable (x integer)"))
    connection.execute(text("insert into mytable (x) values (7)"))
<< 000 engine
report("rows", [list(row) for row in result])
""",
        {"rows": [[7]]},
        "AttributeError",
    ),
    Program(
        "000_session",
        f"""
from sqlalchemy import create_engine
engine = create_engine("sqlite:///mydatabase.db", echo=True)
{SUPPLY_A_USER}
<< 000 session
with Session() as session:
    kept = session.query(User).filter_by(username="john_doe")
    report("kept", [user.email for user in kept])
""",
        {"kept": ["john@example.com"]},
    ),
    Program(
        "000_session_context",
        f"""
from sqlalchemy import create_engine
engine = create_engine("sqlite:///mydatabase.db")
{SUPPLY_A_USER}
from sqlalchemy.orm import Session
some_object, some_other_object = User(username="a"), User(username="b")
<< 000 session_context
with Session(engine) as session:
    report("kept", sorted(user.username for user in session.query(User)))
""",
        {"kept": ["a", "b"]},
    ),
    Program(
        "000_own_context",
        f"""
from contextlib import contextmanager
from sqlalchemy import create_engine
engine = create_engine("sqlite:///mydatabase.db")
{SUPPLY_A_USER}
get_the_session_one_way_or_another = sessionmaker(bind=engine)
<< 000 own_context
with get_session() as session:
    session.add(User(username="kept"))
try:
    with get_session() as session:
        session.add(User(username="lost"))
        session.flush()
        raise KeyError("lost")
except KeyError:
    report("raised", "KeyError")
with get_session() as session:
    report("kept", [user.username for user in session.query(User)])
""",
        {"raised": "KeyError", "kept": ["kept"]},
    ),
    Program(
        "000_base",
        """
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker
engine = create_engine("sqlite:///mydatabase.db")
session = sessionmaker(bind=engine)()
<< 000 base
session.commit()
report("key", new_user.id)
session.add(User(username="john_doe", email="another"))
try:
    session.commit()
except IntegrityError:
    report("unique", "IntegrityError")
session.rollback()
report("kept", [[user.username, user.email] for user in session.query(User)])
""",
        {"key": 1, "unique": "IntegrityError", "kept": [["john_doe", "john@example.com"]]},
    ),
    Program(
        "000_core_and_orm",
        f"""
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.orm import Session
engine = create_engine("sqlite:///mydatabase.db")
{SUPPLY_A_USER}
metadata = MetaData()
session = Session(engine)
<< 000 core_and_orm
with engine.connect() as conn:
    report("not committed", conn.execute(select(users)).all())
report("pending", new_user in session.new)
session.flush()
report("flushed", [user.username for user in session.query(User)])
""",
        {"not committed": [], "pending": True, "flushed": ["john_doe"]},
    ),
    Program(
        "000_core_text",
        f"""
from sqlalchemy import create_engine
engine = create_engine("sqlite:///mydatabase.db")
{SUPPLY_A_USER}
with sessionmaker(engine).begin() as session:
    session.add_all([User(username="john_doe"), User(username="other")])
<< 000 core_text
report("name", username)
""",
        {"name": "john_doe"},
        "TypeError",
    ),
)

SECOND = (
    Program(
        "001_connect",
        """
<< 001 connect
import os
report("made", [engine.dialect.name != "", engine.echo, os.path.exists("example.db")])
url = DATABASE_URL
<< 001 create_engine
report("no connection", engine.pool.checkedout())
""",
        {"made": [True, True, False], "no connection": 0},
    ),
    Program(
        "001_core",
        """
<< 001 core
from sqlalchemy import select
with engine.connect() as conn:
    report("kept", [list(row) for row in conn.execute(select(users))])
""",
        {"kept": [[1, "Alice", "alice@example.com"]]},
        needs_lengths=True,
    ),
    Program(
        "001_orm",
        """
<< 001 orm
with Session(engine) as session:
    report("found", session.query(User).filter(User.id == 1).one().email)
""",
        {"found": "alice@example.com"},
        needs_lengths=True,
    ),
    Program(
        "001_session_modern",
        """
said = []
def print(*words):
    said.extend(words)
<< 001 session_modern
report("said", said)
""",
        {"said": ["Hello SQLAlchemy!"]},
        "ArgumentError",
    ),
    Program(
        "001_session_in_action",
        """
from sqlalchemy import create_engine
<< 001 session_in_action
report("state", __import__("sqlalchemy").inspect(new_user).detached)
with Session(engine) as session:
    report("kept", [[user.id, user.name] for user in session.query(User)])
<< 001 lifecycle
with Session(engine) as session:
    report("both", [[user.id, user.name] for user in session.query(User).order_by(User.id)])
""",
        {"state": True, "kept": [[1, "Alice"]], "both": [[1, "Alice"], [2, "Alice"]]},
        needs_lengths=True,
    ),
    Program(
        "001_sessionmaker",
        """
<< 001 sessionmaker
report("another", SessionLocal() is not session)
report("bound", [session.bind is engine, session.get_bind() is engine])
""",
        {"another": True, "bound": [True, True]},
    ),
    Program(
        "001_typical",
        """
<< 001 typical
<< 001 get_db
from sqlalchemy import text
dependency = get_db()
db = next(dependency)
report("autoflush", [db.autoflush, db.scalar(text("select 5"))])
report("used", engine.pool.checkedout())
dependency.close()
report("given back", engine.pool.checkedout())
""",
        {"autoflush": [False, 5], "used": 1, "given back": 0},
    ),
    Program(
        "001_scoped",
        """
from threading import Thread
from sqlalchemy import create_engine, text
engine = create_engine("sqlite:///example.db")
<< 001 scoped
report("one a thread", SessionLocal() is SessionLocal())
others = []
thread = Thread(target=lambda: others.append(SessionLocal() is SessionLocal()))
thread.start(), thread.join()
first = SessionLocal()
thread = Thread(target=lambda: others.append(SessionLocal() is not first))
thread.start(), thread.join()
report("in others", others)
report("proxied", SessionLocal.execute(text("select 1")).scalar())
SessionLocal.remove()
report("removed", [SessionLocal() is not first, engine.pool.checkedout()])
""",
        {"one a thread": True, "in others": [True, True], "proxied": 1, "removed": [True, 0]},
    ),
)

THIRD = (
    Program(
        "002_crud",
        """
<< 002 engines
<< 002 model
<< 002 create_and_session
<< 002 crud
report("read", len(users))
report("gone", [session.query(User).count(), user in session])
""",
        {"read": 1, "gone": [0, False]},
        needs_lengths=True,
    ),
)

FOURTH = (
    Program(
        "003_articles",
        """
<< 003 models
<< 003 connect
<< 003 sessions
with Session(engine) as session:
    user = session.query(User).one()
    article = Article(title="first")
    article.authors.append(ArticleAuthors(user=user))
    session.add(article)
    session.commit()
    report("user", [user.username, [link.article.title for link in user.articles]])
    report("link", [[link.user_id, link.article_id] for link in session.query(ArticleAuthors)])
report("read first", users)
""",
        {"user": ["johndoe", ["first"]], "link": [[1, 1]], "read first": []},
        needs_lengths=True,
    ),
)

FIFTH = (
    Program(
        "004_steps",
        """
said = []
def print(*words):
    said.extend(words)
<< 004 connect
<< 004 session
<< 004 core
<< 004 orm
<< 004 insert
<< 004 query
report("said", said)
<< 004 update
report("updated", [user.age, user is new_user])
<< 004 delete
report("deleted", session.query(User).count())
new_user = User(name="Jane", age=20)
<< 004 transactions
report("kept", new_user.id is not None)
<< 004 relationship
new_user.addresses.append(Address(email="jane@example.com"))
session.commit()
report("related", [[each.email, each.user.name] for each in session.query(Address)])
""",
        {
            "said": ["John Doe", 30],
            "updated": [31, True],
            "deleted": 0,
            "kept": True,
            "related": [["jane@example.com", "Jane"]],
        },
        needs_lengths=True,
    ),
    Program(
        "004_transactions_failing",
        """
<< 004 connect
<< 004 session
<< 004 orm
session.add(User(id=1, name="first"))
session.commit()
session.expunge_all()
new_user = User(id=1, name="second")
<< 004 transactions
report("kept", [user.name for user in session.query(User)])
""",
        {"kept": ["first"]},
        needs_lengths=True,
    ),
    Program(
        "004_asyncio",
        """
<< 004 asyncio
import asyncio
from sqlalchemy import Column, Integer, String, select
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String(50))
async def main():
    async with async_engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with async_session:
        async_session.add(User(name="Alice"))
        await async_session.commit()
        users = await async_session.scalars(select(User))
        report("users", [user.name for user in users])
    await async_engine.dispose()
asyncio.run(main())
""",
        {"users": ["Alice"]},
    ),
)

PROGRAMS = (*FIRST, *SECOND, *THIRD, *FOURTH, *FIFTH)

NOT_RUN = {
    ("001", "check_version"): "a command of the shell: tests/documents/test_shell.py runs it",
}
"""What runs in no program, and why.

Left out of `snippets/` are: installing and activating environments (tests/packaging installs),
pictures and what a program printed, `with Session(engine) as session:` without a body, and the
three commands of Alembic, which are the business of `toolkit_migrations`, not there yet.
"""
