"""What the workloads of the ORM share: classes, by names that both libraries have."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

PARENTS = 1_000
CHILDREN = 10
WORKERS = 20_000
POSTS = 1_000
TAGS = 500
TAGS_OF_ONE = 10

_FAMILIES = """
create table parent (id integer primary key, name varchar not null);
create table child (
    id integer primary key, parent_id integer not null references parent (id), name varchar not null
);
create index child_of_parent on child (parent_id);
create table worker (
    id integer primary key, name varchar not null, kind varchar not null,
    level integer, desk varchar
);
create table staff (id integer primary key, name varchar not null, kind varchar not null);
create table chief (id integer primary key references staff (id), level integer not null);
create table clerk (id integer primary key references staff (id), desk varchar not null);
"""


def write_families(data: Path) -> None:
    """Parents with children, and workers of two kinds, in one table and in joined ones."""
    connection = sqlite3.connect(data)
    connection.executescript(_FAMILIES)
    parents = range(1, PARENTS + 1)
    children = range(1, PARENTS * CHILDREN + 1)
    workers = range(1, WORKERS + 1)
    fill = connection.executemany
    fill("insert into parent values (?, ?)", [(n, f"p{n}") for n in parents])
    rows = [(n, (n - 1) // CHILDREN + 1, f"c{n}") for n in children]
    fill("insert into child values (?, ?, ?)", rows)
    kinds = [(n, f"n{n}", "chief" if n % 2 else "clerk") for n in workers]
    fill("insert into staff values (?, ?, ?)", kinds)
    fill("insert into chief values (?, ?)", [(n, n) for n in workers if n % 2])
    fill("insert into clerk values (?, ?)", [(n, f"d{n}") for n in workers if not n % 2])
    both = [(*one, one[0] if one[0] % 2 else None, None if one[0] % 2 else "d") for one in kinds]
    fill("insert into worker values (?, ?, ?, ?, ?)", both)
    connection.commit()
    connection.close()


_POSTS = """
create table post (id integer primary key, name varchar not null);
create table tag (id integer primary key, name varchar not null);
create table post_tag (
    post_id integer not null references post (id), tag_id integer not null references tag (id),
    primary key (post_id, tag_id)
);
"""


def write_posts(data: Path) -> None:
    """Posts and tags, each post with several of them."""
    connection = sqlite3.connect(data)
    connection.executescript(_POSTS)
    posts = range(1, POSTS + 1)
    fill = connection.executemany
    fill("insert into post values (?, ?)", [(n, f"p{n}") for n in posts])
    fill("insert into tag values (?, ?)", [(n, f"t{n}") for n in range(1, TAGS + 1)])
    pairs = [(n, (7 * n + 31 * k) % TAGS + 1) for n in posts for k in range(TAGS_OF_ONE)]
    fill("insert into post_tag values (?, ?)", pairs)
    connection.commit()
    connection.close()


class Mapped:
    """The classes of one library, and a session on the file."""

    def __init__(self, package: str, data: Path) -> None:
        library: Any = import_module(package)
        orm: Any = import_module(f"{package}.orm")
        self.library = library
        self.orm = orm
        self.select = library.select
        self.engine = library.create_engine(f"sqlite:///{data}")
        self.base = orm.declarative_base()

    def session(self) -> Any:
        """Return a new session, which knows no object."""
        return self.orm.Session(self.engine)

    def _class(
        self, name: str, table: str | None, *columns: Any, above: Any = None, **more: Any
    ) -> Any:
        members: dict[str, Any] = {column.name: column for column in columns}
        if table is not None:
            members["__tablename__"] = table
        return type(name, (above or self.base,), {**members, **more})

    def _column(self, name: str, type_name: str, *rest: Any, **options: Any) -> Any:
        return self.library.Column(name, getattr(self.library, type_name), *rest, **options)

    def _id(self, of: str | None = None) -> Any:
        keys = () if of is None else (self.library.ForeignKey(f"{of}.id"),)
        return self._column("id", "Integer", *keys, primary_key=True)

    def item(self) -> Any:
        """Return the class of the items."""
        column = self._column
        names = [column(name, "String") for name in ("name", "city", "note")]
        numbers = [column("age", "Integer"), column("score", "Float")]
        return self._class("Item", "item", self._id(), *names, *numbers)

    def families(self) -> tuple[Any, Any]:
        """Return the classes of parents and children."""
        column = self._column
        related = self.orm.relationship("Child")
        parent = self._class(
            "Parent", "parent", self._id(), column("name", "String"), children=related
        )
        key = column("parent_id", "Integer", self.library.ForeignKey("parent.id"))
        child = self._class("Child", "child", self._id(), key, column("name", "String"))
        return parent, child

    def posts(self) -> Any:
        """Return the class of posts, which have tags."""
        column, key = self._column, self.library.ForeignKey
        pairs = self.library.Table(
            "post_tag",
            self.base.metadata,
            column("post_id", "Integer", key("post.id"), primary_key=True),
            column("tag_id", "Integer", key("tag.id"), primary_key=True),
        )
        self._class("Tag", "tag", self._id(), column("name", "String"))
        tags = self.orm.relationship("Tag", secondary=pairs)
        return self._class("Post", "post", self._id(), column("name", "String"), tags=tags)

    def workers(self, *, joined: bool) -> Any:
        """Return the class above two others, all of whose columns are read at once."""
        column = self._column
        told = {"polymorphic_on": "kind", "with_polymorphic": "*"}
        shared = (column("name", "String"), column("kind", "String"))
        name = "staff" if joined else "worker"
        top = self._class("Worker", name, self._id(), *shared, __mapper_args__=told)
        for kind, own in (
            ("chief", column("level", "Integer")),
            ("clerk", column("desk", "String")),
        ):
            key = (self._id("staff"),) if joined else ()
            table = kind if joined else None
            args = {"polymorphic_identity": kind}
            self._class(kind.title(), table, *key, own, above=top, __mapper_args__=args)
        return top
