"""Loading related objects by one more query, with the keys of their owners in an IN."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.instrument.state import STATE
from toolkit_orm.load.after import After
from toolkit_orm.load.choices import AT_ONCE
from toolkit_orm.load.reason import because
from toolkit_orm.load.related_query import KEYS, RelatedQuery

if TYPE_CHECKING:
    from toolkit_orm.load.context import LoadContext

# How many keys one query takes, if nothing is said.
_MOST = 500


class SelectinLoader(After):
    """``selectinload()``."""

    # The query, its statement with what was said of it, and whether anything was.
    _kept: tuple[RelatedQuery, Any, bool] | None = None

    def _query(self, context: LoadContext) -> tuple[RelatedQuery, Any, bool]:
        """Return the query; where values are in the options, it is that of this statement."""
        if self._kept is not None:
            return self._kept
        query = RelatedQuery(self.path(context))
        statement = query.statement
        told = self.told(context)
        options = told.options(self.prop, query.target)
        if options:
            statement = statement.options(*options)
        below = self.choice.below
        more = below.everything or below.everywhere or loads_more(query.target.mapper)
        if self.trail is not None and more:
            statement = statement.options(self.trail)
        if not context.is_retold and not told.passed:
            self._kept = (query, statement, bool(options))
        return query, statement, bool(options)

    def load_for(self, context: LoadContext, instances: list[Any]) -> None:
        """Load for objects."""
        query, statement, is_told = self._query(context)
        owners: dict[Any, list[Any]] = {}
        names = query.near
        if len(names) == 1:
            name = names[0]
            for one in instances:
                values = one.__dict__
                key = values[name] if name in values else getattr(one, name)
                owners.setdefault(key, []).append(one)
        else:
            for one in instances:
                owners.setdefault(tuple([getattr(one, name) for name in names]), []).append(one)
        nobody = [key for key in owners if _is_none(key)]
        for key in nobody:
            for one in owners.pop(key):
                self.put(one, ())
        if query.by_key and not context.again and not is_told:
            self._at_hand(context, query, owners)
        size = self.choice.setting("chunksize") or _MOST
        keys = list(owners)
        for start in range(0, len(keys), size):
            self._load(context, query, statement, keys[start : start + size], owners)

    def _at_hand(self, context: LoadContext, query: RelatedQuery, owners: dict[Any, Any]) -> None:
        """Give objects what the session has already."""
        known = context.home.known(query.target.mapper.base)
        for key in list(owners):
            state = known.get(key)
            found = None if state is None else state()
            if found is not None and state is not None and state.stale is None:
                for one in owners.pop(key):
                    self.put(one, (found,))

    def _load(
        self,
        context: LoadContext,
        query: RelatedQuery,
        statement: Any,
        keys: list[Any],
        owners: dict[Any, list[Any]],
    ) -> None:
        session = context.home.session()
        if session is None:
            raise InvalidRequestError("The session of these objects is no more")
        why = because(session, path=(self.prop.parent, self.prop))
        found = related(session, statement, {KEYS: keys}, context, query, why)
        single = self.link.collection_class is None
        put, nothing, name = self.put, (), self.prop.key
        every = context.again or not self.goes_on
        for key in keys:
            items = found.get(key, nothing)
            for owner in owners[key]:
                if every or name not in owner.__dict__:
                    put(owner, items[:1] if single else items)


def loads_more(mapper: Any) -> bool:
    """Tell whether objects of a class bring others with them, because their mappings say so."""
    return any(
        getattr(prop, "lazy", "select") in AT_ONCE
        for one in mapper.polymorphic_iterator()
        for prop in one.props.values()
    )


def related(
    session: Any,
    statement: Any,
    values: Any,
    context: LoadContext,
    query: RelatedQuery,
    why: Mapping[str, Any],
) -> dict[Any, Any]:
    """Return what a query has found, by the keys of owners; the session is not flushed for it."""
    options = {**context.below(), **why} if why else context.below()
    result = session.execute(statement, values, execution_options=options)
    shape = result._shapes
    if query.by_key:
        return {one.__dict__[STATE].pk: (one,) for one in result.unique().scalars()}
    if not shape.repeats:
        return _grouped(result, shape)
    found: dict[Any, list[Any]] = {}
    for *key, one in result.unique():
        found.setdefault(key[0] if query.width == 1 else tuple(key), []).append(one)
    return found


def _grouped(result: Any, shape: Any) -> dict[Any, Any]:
    """Return lists of objects by the keys of owners, with no row made on the way."""
    source = result._source
    source.load = shape.loader(again=source.context.again, grouped=True)
    try:
        found: dict[Any, Any] = source.fetchall()
    except BaseException as error:  # noqa: BLE001 - the engine decides and raises
        result._failed(error)
    result.close()
    return found


def _is_none(key: Any) -> bool:
    return key is None or (key.__class__ is tuple and None in key)
