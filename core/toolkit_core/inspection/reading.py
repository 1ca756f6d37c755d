"""Asking a dialect's catalogue, each thing once, for many tables at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from toolkit_core.dialect.inspector import Catalogue, ObjectKind, ObjectScope, Relation, Wanted
from toolkit_core.errors import NoSuchTableError
from toolkit_core.expression.text import text
from toolkit_core.nearest import nearest
from toolkit_core.plugins import load_object

# What may be asked of tables, and what is said of one that the dialect has left out.
KINDS: Mapping[str, Any] = {
    "columns": list,
    "pk_constraint": lambda: {"constrained_columns": [], "name": None},
    "foreign_keys": list,
    "unique_constraints": list,
    "check_constraints": list,
    "indexes": list,
    "table_comment": lambda: {"text": None},
    "table_options": dict,
    "view_definition": lambda: None,
}

# More names than this are not listed in a query.
_MANY = 500


class Reading:
    """What was read through one engine or connection, kept until it is cleared."""

    def __init__(self, bind: Any, cache: dict[Any, Any]) -> None:
        self.bind = bind
        self.cache = cache
        self._open: Any = None
        self.catalogue: Catalogue = load_object(bind.dialect.inspector_path)(
            self._ask, bind.dialect
        )

    # -- the connection -------------------------------------------------------------------

    @contextmanager
    def connected(self) -> Iterator[Any]:
        """Give the connection, which is kept open for all that is asked within."""
        if self._open is not None:
            yield self._open
        elif not hasattr(self.bind, "connect"):
            yield self.bind
        else:
            with self.bind.connect() as connection:
                self._open = connection
                try:
                    yield connection
                finally:
                    self._open = None

    def _ask(self, sql: str, **values: Any) -> Any:
        plain: dict[str, Any] = {}
        for name, value in values.items():
            if isinstance(value, list):
                single = {f"{name}_{number}": one for number, one in enumerate(value)}
                sql = sql.replace(
                    f":{name}", "({})".format(", ".join([f":{one}" for one in single]))
                )
                plain.update(single)
            else:
                plain[name] = value
        with self.connected() as connection:
            return connection.execute(text(sql), plain).fetchall()

    # -- what there is --------------------------------------------------------------------

    def kept(self, key: Any, read: Any) -> Any:
        """Return what is kept under a key, which is read if nothing is."""
        if key not in self.cache:
            self.cache[key] = read()
        return self.cache[key]

    def relations(self, schema: str | None, options: Mapping[str, Any]) -> list[Relation]:
        """Return the tables and views of a schema."""
        found: list[Relation] = self.kept(
            ("relations", schema, _frozen(options)),
            lambda: self.catalogue.relations(schema, options),
        )
        return found

    def _named(self, schema: str | None, options: Mapping[str, Any]) -> dict[str, Relation]:
        """Return the tables and views by name."""
        found: dict[str, Relation] = self.kept(
            ("named", schema, _frozen(options)), lambda: by_name(self.relations(schema, options))
        )
        return found

    def found(self, name: str, schema: str | None, options: Mapping[str, Any]) -> Relation | None:
        """Return one table or view; a name that is not known is asked for anew."""
        one = self._named(schema, options).get(name)
        if one is None:
            for kept in ("relations", "named"):
                self.cache.pop((kept, schema, _frozen(options)), None)
            one = self._named(schema, options).get(name)
        if one is None:
            # Asked for each time: it is not for long.
            one = self.catalogue.hidden(name, schema)
        return one

    def table(self, name: str, schema: str | None, options: Mapping[str, Any]) -> Relation:
        """Return one table or view, or say that there is none, and what is near."""
        one = self.found(name, schema, options)
        if one is None:
            full = name if schema is None else f"{schema}.{name}"
            near = nearest(name, [other.name for other in self.relations(schema, options)])
            raise NoSuchTableError(full, hint=f"did you mean {near!r}?" if near else None)
        return one

    def chosen(
        self,
        schema: str | None,
        names: Collection[str] | None,
        kind: ObjectKind,
        scope: ObjectScope,
        options: Mapping[str, Any],
    ) -> list[Relation]:
        """Return the tables and views of some kinds, each name once."""
        there: dict[str, Relation] = {}
        for one in self.relations(schema, options):
            if one.kind in kind and one.scope in scope and (names is None or one.name in names):
                there.setdefault(one.name, one)
        return list(there.values())

    # -- what is said of it ---------------------------------------------------------------

    def many(
        self,
        what: str,
        schema: str | None,
        wanted: Sequence[Relation],
        options: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Return something of many tables, which is asked for with one question."""
        said = self._said(what, schema, options)
        missing = [one for one in wanted if _slot(one) not in said]
        if missing:
            # A question about very many may as well be one about all.
            whole = len(missing) > _MANY or len(missing) == len(self.relations(schema, options))
            answers = getattr(self.catalogue, what)(Wanted(schema, missing, whole, options))
            empty = KINDS[what]
            for one in missing:
                answer = answers.get(one.name)
                said[_slot(one)] = empty() if answer is None else answer
        return {one.name: said[_slot(one)] for one in wanted}

    def one(
        self, what: str, relation: Relation, schema: str | None, options: Mapping[str, Any]
    ) -> Any:
        """Return something of one table."""
        said = self._said(what, schema, options).get(_slot(relation))
        if said is None:
            said = self.many(what, schema, [relation], options)[relation.name]
        if isinstance(said, Exception):
            raise said
        return said

    def _said(self, what: str, schema: str | None, options: Mapping[str, Any]) -> dict[Any, Any]:
        found: dict[Any, Any] = self.cache.setdefault((what, schema, _frozen(options)), {})
        return found


def by_name(relations: Iterable[Relation]) -> dict[str, Relation]:
    """Return relations by name; one that is there for all goes before a temporary one."""
    found: dict[str, Relation] = {}
    for one in relations:
        if one.scope is ObjectScope.DEFAULT or one.name not in found:
            found[one.name] = one
    return found


def _slot(relation: Relation) -> Any:
    """Return what the answers about a table are kept under."""
    name = relation.name
    return name if relation.scope is ObjectScope.DEFAULT else (name,)


def _frozen(options: Mapping[str, Any]) -> Any:
    return tuple((name, repr(options[name])) for name in sorted(options)) if options else ()
