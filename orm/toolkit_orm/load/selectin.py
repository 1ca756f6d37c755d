"""Loading related objects by one more query, with the keys of their owners in an IN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.instrument.state import STATE
from toolkit_orm.load.after import After
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
        if self.trail is not None and loads_more(query.target.mapper):
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
            if found is not None and state is not None and state.expired is None:
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
        rows = related(session, statement, {KEYS: keys}, again=context.again, prop=self.prop)
        found: dict[Any, list[Any]] = {key: [] for key in keys}
        if query.by_key:
            for one in rows:
                found[one.__dict__[STATE].pk].append(one)
        elif query.width == 1:
            for key, one in rows:
                if key in found:
                    found[key].append(one)
        else:
            for *key, one in rows:
                found.setdefault(tuple(key), []).append(one)
        single = self.link.collection_class is None
        for key, items in found.items():
            for owner in owners.get(key, ()):
                self.put(owner, items[:1] if single else items)


def loads_more(mapper: Any) -> bool:
    """Tell whether objects of a class bring others with them, because their mappings say so."""
    return any(
        getattr(prop, "lazy", "select") in _BRINGING
        for one in mapper.polymorphic_iterator()
        for prop in one.props.values()
    )


# The ways of ``relationship(lazy=...)`` that load at once.
_BRINGING = frozenset(("joined", "selectin", "subquery", "immediate"))


def related(session: Any, statement: Any, values: Any, *, again: bool, prop: Any) -> Any:
    """Return the rows of a query for related objects; the session is not flushed for it."""
    options: dict[str, Any] = {"autoflush": False, **because(session, path=(prop.parent, prop))}
    if again:
        options["populate_existing"] = True
    result = session.execute(statement, values, execution_options=options)
    shape = result._shapes
    if not shape.repeats:
        # Tuples as they come from the loader: nobody looks names up in them.
        return result._take_raw()
    result = result.unique()
    return result.scalars().all() if len(shape.names) == 1 else result.all()


def _is_none(key: Any) -> bool:
    return key is None or (key.__class__ is tuple and None in key)
