"""What the workloads of the ORM share: classes, by names that both libraries have."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.mapped_tables import FAMILIES, TAGGED, family_rows, tagged_rows, write_tables
from benchmarks.place import Place, engine_on


def write_families(data: Path) -> None:
    """Parents with children, and workers of two kinds, in one table and in joined ones."""
    write_tables(data, FAMILIES, family_rows())


def write_posts(data: Path) -> None:
    """Posts and tags, each post with several of them."""
    write_tables(data, TAGGED, tagged_rows())


class Mapped:
    """The classes of one library, and sessions where the data is."""

    def __init__(self, package: str, place: Place) -> None:
        library: Any = import_module(package)
        orm: Any = import_module(f"{package}.orm")
        self.library = library
        self.orm = orm
        self.select = library.select
        self.engine = engine_on(package, place)
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
        # Kept: SQLAlchemy knows its classes by weak references.
        self.tag = self._class("Tag", "tag", self._id(), column("name", "String"))
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
