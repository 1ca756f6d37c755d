"""UPDATE and DELETE of the rows that meet conditions, and which objects are meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolkit_core.compiler.processors import result_processor
from toolkit_core.errors import InvalidRequestError, UnsupportedCompilationError
from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import select
from toolkit_orm.query.lowered_dml import attribute_meant, columns_of
from toolkit_orm.query.row_criteria import Criteria, single_table_criterion
from toolkit_orm.session.evaluator import Evaluator, NotLoaded, UnevaluatableError, keys_wanted
from toolkit_orm.session.expiring import expire
from toolkit_orm.session.follow import (
    Matched,
    changed_by_itself,
    has_any,
    known_by_key,
    present,
    put_values,
    taken_out,
)
from toolkit_orm.session.write_order import WriteOrder


def changed(order: WriteOrder, params: Any, *, many: bool) -> Any:
    """Execute the statement, and have the objects of the rows that it is about follow."""
    order.check_way()
    if many and order.strategy != "core_only":
        if not order.statement.is_update:
            raise InvalidRequestError(
                "Bulk ORM DELETE not supported right now. Statement may be invoked at the Core "
                "level using session.connection().execute(stmt, parameters)"
            )
        if order.way in ("auto", "fetch"):
            order.way = None
    if order.strategy == "core_only":
        order.way = None
    return _Change(order, params).executed()


class _Change:
    """One such statement."""

    def __init__(self, order: WriteOrder, params: Any) -> None:
        self.order = order
        self.params = params
        self.mapper = order.mapper
        self.statement = order.statement
        self.values: Mapping[str, Any] = params if isinstance(params, Mapping) else {}

    def executed(self) -> Any:
        """Execute it."""
        way = self.order.way
        matched: Matched = []
        doubtful: Matched = []
        if way in ("auto", "evaluate"):
            try:
                matched, doubtful = self._evaluated()
                way = "evaluate"
            except UnevaluatableError as error:
                if way == "evaluate":
                    raise InvalidRequestError(
                        f'Could not evaluate current criteria in Python: "{error.args[0]}". '
                        "Specify 'fetch' or False for the synchronize_session execution option."
                    ) from error
                way = "fetch"
        if way == "fetch":
            result, matched = self._fetched()
        else:
            result, _ = self._sent(())
        if matched or doubtful:
            self._follow(result, matched, doubtful)
        return result

    # -- sending --------------------------------------------------------------------------

    def _sent(self, keys: Sequence[Any]) -> tuple[Any, list[Any]]:
        """Execute it; return the result, and the keys of the rows if they are asked for."""
        order = self.order
        plan = order.returned()
        plain = order.plain(plan)
        if plan is None and not keys:
            return order.execute(plain, self.params), []
        if plan is not None:
            plain = order.returning(plain, plan)
        if keys:
            plain = plain.returning(*keys)
        result = order.execute(plain, self.params)
        if plan is not None and not keys:
            return order.objects(plan, result, result._take_raw()), []
        wanted = [] if plan is None else plan.columns
        raw = result._take_raw()
        width = len(wanted)
        read = [result_processor(key.type, order.connection.dialect) or _same for key in keys]
        found = [
            tuple([one(value) for one, value in zip(read, row[width:], strict=True)]) for row in raw
        ]
        if plan is None:
            return result, found
        return order.objects(plan, result, [tuple(row[:width]) for row in raw]), found

    def _fetched(self) -> tuple[Any, Matched]:
        """Execute it, and find out which rows it was about: by RETURNING, or asked before."""
        order = self.order
        keys = _own_keys(self.mapper)
        returns = order.connection.dialect.capabilities.returning
        if returns and not self._sets_key() and not self._reads_others():
            try:
                result, found = self._sent(keys)
            except UnsupportedCompilationError:
                # MariaDB's UPDATE has no RETURNING.
                pass
            else:
                return result, known_by_key(order.session, self.mapper, found, order.token)
        asked = select(*keys).where(*order.lowered().criteria)
        found = order.execute(asked, self.params).all()
        result, _ = self._sent(())
        return result, known_by_key(order.session, self.mapper, found, order.token)

    def _sets_key(self) -> bool:
        """Tell whether the key is set: then rows return another than they are known by."""
        row = getattr(self.statement, "row", None)
        names = () if row is None else [self._attribute(name) for name, _ in row.items()]
        return any(name in self.mapper.key_names for name in names)

    def _reads_others(self) -> bool:
        """Tell whether a DELETE reads from other tables: few servers return rows then."""
        statement = self.statement
        if not statement.is_delete:
            return False
        own = (statement.table, self.mapper.local_table)
        return any(all(one is not mine for mine in own) for one in sources_in(statement.criteria))

    # -- which objects are meant ------------------------------------------------------------

    def _evaluated(self) -> tuple[Matched, Matched]:
        """Return the objects that meet the conditions, and those that nobody knows it of."""
        order = self.order
        if order.way == "auto" and not has_any(order.session, self.mapper):
            # Nobody has to follow, whatever the conditions are.
            return [], []
        evaluator = Evaluator(self.mapper, self.values)
        criteria = self._criteria()
        asked = [evaluator.asked(one) for one in criteria]
        keys = keys_wanted(evaluator, criteria)
        if keys is None:
            there = present(order.session, self.mapper, order.token)
        else:
            there = known_by_key(order.session, self.mapper, keys, order.token)
        found: Matched = []
        doubtful: Matched = []
        for pair in there:
            values = pair[1].__dict__
            try:
                for ask in asked:
                    if not ask(values):
                        break
                else:
                    found.append(pair)
            except NotLoaded:
                doubtful.append(pair)
        return found, doubtful

    def _criteria(self) -> list[Any]:
        statement = self.statement
        said = [one for one in statement.loader_options if isinstance(one, Criteria)]
        told = [one.of(statement.table) for one in said]
        kind = single_table_criterion(statement.table)
        return [*statement.criteria, *[one for one in (*told, kind) if one is not None]]

    # -- what becomes of them ---------------------------------------------------------------

    def _settings(self) -> dict[str, Callable[[dict[str, Any]], Any] | None]:
        """Return what attributes are set to, as functions; None where only the server knows."""
        row = getattr(self.statement, "row", None)
        evaluator = Evaluator(self.mapper, self.values)
        found: dict[str, Callable[[dict[str, Any]], Any] | None] = {}
        # Of other tables of the class: the database tells.
        found.update((one.key, None) for one in getattr(self.statement, "beside", ()))
        # What is set inside of a column makes a whole that the database has.
        parts = getattr(self.statement, "parts", ())
        found.update((self._attribute(_column_of(one).key), None) for one in parts)
        for name, value in () if row is None else row.items():
            key = self._attribute(name)
            try:
                found[key] = evaluator.asked(value) if isinstance(value, Node) else _always(value)
            except UnevaluatableError:
                found[key] = None
        return found

    def _attribute(self, name: str) -> str:
        """Return the attribute that a value is for, which may be named by its column."""
        columns = columns_of(self.mapper)
        if name in columns:
            return attribute_meant(self.mapper, name)
        return next((key for key, one in columns.items() if one.key == name), name)

    def _follow(self, result: Any, matched: Matched, doubtful: Matched) -> None:
        session = self.order.session
        if self.statement.is_delete:
            taken_out(session, matched)
            for state, one in doubtful:
                expire(state, one)
            return
        settings = self._settings()
        sent = self._sent_defaults(result)
        changed = {*settings, *changed_by_itself(self.mapper)}
        ledger = session._begun().ledger
        for state, one in matched:
            values = dict(sent)
            for name, ask in settings.items():
                try:
                    if ask is not None:
                        values[name] = ask(one.__dict__)
                except NotLoaded:
                    continue
            put_values(state, one, values, changed)
            ledger.changed[state] = None
        for state, one in doubtful:
            put_values(state, one, {}, changed)
            ledger.changed[state] = None

    def _sent_defaults(self, result: Any) -> dict[str, Any]:
        """Return the values of ``onupdate`` that were sent, by attribute."""
        facts = getattr(result.context, "dml", None) or result.context
        sets: Any = getattr(facts, "sets", ())
        if len(sets) != 1:
            return {}
        keys = self.mapper.key_of
        return {
            keys[column]: sets[0][column.key]
            for column in facts.prefetch_cols
            if column in keys and column.key in sets[0]
        }


def _column_of(part: Any) -> Any:
    """Return the column that something is inside of."""
    while hasattr(part, "left"):
        part = part.left
    return part


def _always(value: Any) -> Callable[[Any], Any]:
    return lambda _: value


def _same(value: Any) -> Any:
    return value


def _own_keys(mapper: Any) -> list[Any]:
    """Return the columns of the class's own table that have the primary key."""
    columns = columns_of(mapper)
    return [columns[mapper.key_of[column]] for column in mapper.primary_key]
