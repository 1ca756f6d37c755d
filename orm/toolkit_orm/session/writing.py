"""INSERT, UPDATE and DELETE of classes through a session, and what they mean for its objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.result import IteratorResult
from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.given_row import given_row
from toolkit_core.expression.insert import insert
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update
from toolkit_orm.instrument.state import InstanceState, new_state
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.lowering import lowered
from toolkit_orm.session.evaluator import NotLoaded, UnevaluatableError, evaluated
from toolkit_orm.session.expiring import expire
from toolkit_orm.unit_of_work.written import WAS, written

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

WAYS = ("auto", "evaluate", "fetch", False)


def writes_class(statement: Any) -> bool:
    """Tell whether a statement writes the rows of a mapped class."""
    return getattr(statement, "is_dml", False) and isinstance(statement.table, Entity)


def write(
    session: Session,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any] | None = None,
) -> Any:
    """Execute it."""
    return _Writing(session, statement, options, bind_arguments).result(params)


class _Writing:
    def __init__(
        self,
        session: Session,
        statement: Any,
        options: Mapping[str, Any],
        bind_arguments: Mapping[str, Any] | None,
    ) -> None:
        self.session = session
        self.bind_arguments = bind_arguments
        self.mapper = statement.table.mapper
        self.statement = statement
        given = {**statement._execution_options, **options}
        self.way = given.pop("synchronize_session", "auto")
        self.again = bool(given.pop("populate_existing", False))
        for name in ("autoflush", "render_nulls", "dml_strategy"):
            given.pop(name, None)
        self.options = given
        if self.way not in WAYS:
            raise ArgumentError(
                "Valid strategies for session synchronization are 'auto', 'evaluate', 'fetch', "
                f"False, not {self.way!r}"
            )

    def result(self, params: Any) -> Any:
        """Execute the statement and have the objects of the session follow."""
        many = isinstance(params, (list, tuple))
        if getattr(self.statement, "is_insert", False):
            return self._insert(params)
        if getattr(self.statement, "is_update", False):
            if many and self.statement.row is None:
                return self._update_by_key(list(params))
            return self._change(params, is_update=True)
        return self._change(params, is_update=False)

    def _execute(self, statement: Any, params: Any = None) -> Any:
        connection = self.session._connection_of(self.mapper, self.statement, self.bind_arguments)
        return connection.execute(statement, params, execution_options=self.options)

    def _column(self, name: str) -> Any:
        prop: Any = self.mapper.props.get(name)
        while prop is not None and prop.is_synonym:
            name = prop.name
            prop = self.mapper.props.get(name)
        return written(self.mapper).names.get(name)

    def _given(self) -> dict[str, Any]:
        """Return the values that are set, by the names of attributes."""
        row = getattr(self.statement, "row", None)
        found = {} if row is None else dict(row.items())
        beside = getattr(self.statement, "beside", ())
        if beside:
            keys = [one.key for one in beside]
            found.update(zip(keys, self.statement.beside_values, strict=True))
        return found

    def _plain(self) -> Any:
        """Return the statement about the table, without what it returns."""
        statement = self.statement
        changes: dict[str, Any] = {"table": self.mapper.local_table, "returned": ()}
        given = self._given()
        if given:
            changes["row"] = given_row(self._renamed(given))
        if getattr(statement, "beside", ()):
            changes.update(beside=(), beside_values=())
        if getattr(statement, "criteria", ()):
            changes["criteria"] = tuple([lowered(one) for one in statement.criteria])
        if getattr(statement, "rows", ()):
            changes["rows"] = tuple(
                [given_row(self._renamed(dict(one.items()))) for one in statement.rows]
            )
        made = statement.but(**changes)
        if made._execution_options:
            made._execution_options = {}
        return made

    def _renamed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return values by the keys of columns, for values by the names of attributes."""
        found = {}
        for name, value in row.items():
            column = self._column(name)
            key = name if column is None else column.key
            found[key] = lowered(value) if isinstance(value, Node) else value
        return found

    # -- INSERT ---------------------------------------------------------------------------

    def _insert(self, params: Any) -> Any:
        rows = params if isinstance(params, (list, tuple)) else None
        if len(self.mapper.tables) > 1:
            return self._insert_joined(list(rows or [params]))
        plain = self._plain()
        sent: Any = None
        if params:
            sent = [self._identified(self._renamed(one)) for one in rows or [params]]
        if self.statement.returned:
            returning = plain.returning(
                *self._returned_columns(), sort_by_parameter_order=plain.sorts
            )
            found = self._execute(returning, sent if rows is not None or not sent else sent[0])
            return self._loaded(found.all())
        if sent is None:
            return self._execute(plain)
        return self._execute(plain, sent if rows is not None else sent[0])

    def _identified(self, row: dict[str, Any]) -> dict[str, Any]:
        mapper = self.mapper
        key = mapper.polymorphic_key
        if key is not None and mapper.polymorphic_identity is not None:
            column = self._column(key)
            if column is not None:
                row.setdefault(column.key, mapper.polymorphic_identity)
        return row

    def _insert_joined(self, rows: list[Mapping[str, Any]]) -> Any:
        """Insert rows into all tables of a class, the key of the first going to the others."""
        facts = written(self.mapper)
        given = [dict(row) for row in rows]
        for row in given:
            if self.mapper.polymorphic_key is not None:
                row.setdefault(self.mapper.polymorphic_key, self.mapper.polymorphic_identity)
        result = None
        for one in facts.tables:
            sent = [
                {one.columns[name].key: row[name] for name in row if name in one.columns}
                for row in given
            ]
            if all(name in row for name in one.key_names for row in given):
                result = self._execute(insert(one.table), sent)
            else:
                for row, values in zip(given, sent, strict=True):
                    result = self._execute(insert(one.table), values)
                    row.update(zip(one.key_names, result.inserted_primary_key, strict=True))
            for row in given:
                row.update({to: row[start] for start, to in facts.key_copies if start in row})
        return result

    # -- RETURNING ------------------------------------------------------------------------

    def _returned_columns(self) -> list[Any]:
        found: list[Any] = []
        for one in self.statement.returned:
            if isinstance(one, Entity):
                found += [self._column(key) for key in self._keys(one)]
            else:
                found.append(lowered(one))
        return found

    def _keys(self, entity: Entity) -> list[str]:
        return [key for key in entity.mapper.column_keys if key in written(entity.mapper).names]

    def _loaded(self, rows: Iterable[Any]) -> Any:
        """Return a result with objects for the classes that are returned."""
        returned = self.statement.returned
        names = [one.name if isinstance(one, Entity) else one.key for one in returned]
        found = []
        for row in rows:
            place = 0
            made: list[Any] = []
            for one in returned:
                if isinstance(one, Entity):
                    keys = self._keys(one)
                    values = dict(zip(keys, row[place : place + len(keys)], strict=True))
                    made.append(self._object(one.mapper, values))
                    place += len(keys)
                else:
                    made.append(row[place])
                    place += 1
            found.append(tuple(made))
        return IteratorResult(names, iter(found))

    def _object(self, mapper: Any, values: dict[str, Any]) -> Any:
        key = tuple([values[name] for name in mapper.key_names])
        pk = key if len(key) > 1 else key[0]
        home = self.session._home
        there = home.find(mapper.base, pk)
        if there is not None:
            state: InstanceState = there.__dict__["_sa_instance_state"]
            if self.again:
                expire(state, there)
            for name in state.expired or ():
                if name in values:
                    there.__dict__[name] = values[name]
            state.expired = frozenset((state.expired or frozenset()) - values.keys()) or None
            return there
        cls: Any = mapper.class_
        kind = mapper.polymorphic_map.get(values.get(mapper.polymorphic_key))
        if kind is not None:
            cls = kind.class_
        made = cls.__new__(cls)
        state = new_state(made)
        made.__dict__.update(values)
        state.pk, state.home = pk, home
        left = state.mapper.expiring - values.keys()
        if left:
            state.expired = frozenset(left)
        home.known(mapper.base)[pk] = state
        return made

    # -- UPDATE of rows by their keys -------------------------------------------------------

    def _update_by_key(self, rows: list[Mapping[str, Any]]) -> Any:
        if self.statement.criteria:
            raise InvalidRequestError(
                "bulk ORM UPDATE does not support additional WHERE criteria at this time",
                hint="session.connection().execute(update(Class.__table__).where(...), rows)",
            )
        if self.statement.returned:
            raise InvalidRequestError("Bulk ORM UPDATE does not support RETURNING")
        facts = written(self.mapper)
        result = None
        for one in facts.tables:
            groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for row in rows:
                missing = [name for name in facts.key_names if name not in row]
                if missing:
                    raise InvalidRequestError(
                        "No primary key value supplied for column(s) "
                        f"{', '.join(str(self._column(name)) for name in missing)}; per-row ORM "
                        "Bulk UPDATE by Primary Key requires that records contain primary key "
                        "values",
                        code="bupq",
                    )
                names = tuple([n for n in row if n in one.columns and n not in facts.key_names])
                if names:
                    sent = {
                        WAS + c.key: row[n]
                        for c, n in zip(one.primary, facts.key_names, strict=True)
                    }
                    sent.update({"new_" + name: row[name] for name in names})
                    groups.setdefault(names, []).append(sent)
            for names, sent_rows in groups.items():
                settings = {
                    one.columns[name].key: bindparam("new_" + name, type_=one.columns[name].type)
                    for name in names
                }
                statement = update(one.table).where(*one.key_conditions).values(settings)
                result = self._execute(statement, sent_rows)
        for row in rows:
            self._followed(row)
        return result

    def _followed(self, row: Mapping[str, Any]) -> None:
        key = tuple([row[name] for name in self.mapper.key_names])
        there = self.session._home.find(self.mapper.base, key if len(key) > 1 else key[0])
        if there is not None:
            expire(there.__dict__["_sa_instance_state"], there, set(row))

    # -- UPDATE and DELETE by conditions ----------------------------------------------------

    def _change(self, params: Any, *, is_update: bool) -> Any:
        way = self.way
        matched: list[tuple[InstanceState, Any]] = []
        if way in ("auto", "evaluate"):
            try:
                matched = self._evaluated()
                way = "evaluate"
            except UnevaluatableError as error:
                if way == "evaluate":
                    raise InvalidRequestError(
                        f'Could not evaluate current criteria in Python: "{error}". Specify '
                        "'fetch' or False for the synchronize_session execution option."
                    ) from error
                way = "fetch"
        plain = self._plain()
        if way == "fetch":
            keys = select(*self.mapper.primary_key).where(*plain.criteria)
            matched = self._known(self._execute(keys, params).all())
        if self.statement.returned:
            rows = self._execute(plain.returning(*self._returned_columns()), params).all()
            result = None
        else:
            rows, result = [], self._execute(plain, params)
        if is_update:
            self._updated(matched)
        else:
            self._deleted(matched)
        return self._loaded(rows) if result is None else result

    def _present(self) -> list[tuple[InstanceState, Any]]:
        known = self.session._home.by_base.get(self.mapper.base, {})
        found = [(state, state()) for state in list(known.values())]
        cls = self.mapper.class_
        return [(state, one) for state, one in found if one is not None and isinstance(one, cls)]

    def _evaluated(self) -> list[tuple[InstanceState, Any]]:
        asked = [evaluated(one, self.mapper) for one in self.statement.criteria]
        found = []
        for state, one in self._present():
            try:
                if all(ask(one.__dict__) for ask in asked):
                    found.append((state, one))
            except NotLoaded:
                expire(state, one)
        return found

    def _known(self, keys: Iterable[Any]) -> list[tuple[InstanceState, Any]]:
        wanted = {tuple(key) if len(key) > 1 else key[0] for key in keys}
        return [(state, one) for state, one in self._present() if state.pk in wanted]

    def _updated(self, matched: list[tuple[InstanceState, Any]]) -> None:
        given = self._given()
        asked = {}
        for name, value in given.items():
            try:
                asked[name] = evaluated(value, self.mapper) if isinstance(value, Node) else None
            except UnevaluatableError:
                continue
        for state, one in matched:
            stale = set(given)
            for name, ask in asked.items():
                try:
                    found = given[name] if ask is None else ask(one.__dict__)
                except NotLoaded:
                    continue
                if name in one.__dict__:
                    one.__dict__[name] = found
                    stale.discard(name)
                    if state.committed is not None:
                        state.committed.pop(name, None)
            facts = written(state.mapper)
            stale.update(name for table in facts.tables for name in table.onupdate)
            stale.update(facts.expressions)
            if stale:
                expire(state, one, stale)
            self.session._begun().ledger.changed[state] = one

    def _deleted(self, matched: list[tuple[InstanceState, Any]]) -> None:
        session = self.session
        for state, one in matched:
            session._home.forget(state)
            session._home.modified.pop(state, None)
            session._deleted.pop(state, None)
            state.is_deleted = True
            session._begun().ledger.deleted[state] = one
