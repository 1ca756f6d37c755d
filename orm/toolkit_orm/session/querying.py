"""Executing statements of a session: entities in their rows become its objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine import Engine
from toolkit_core.engine.execute import execute_statement
from toolkit_core.engine.row_shape import Shapes
from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.from_statement import FromStatement
from toolkit_core.expression.node import Node
from toolkit_orm.load.context import EntitySource, LoadContext
from toolkit_orm.load.lazy_policy import watched
from toolkit_orm.load.plan import EntityShape, loading, watched_loading
from toolkit_orm.query.user_option import propagated
from toolkit_orm.session.binding import route
from toolkit_orm.session.flushing import autoflush
from toolkit_orm.session.told_loads import telling
from toolkit_orm.session.writing import write, writes_class

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def execute(
    session: Session,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any] | None,
) -> Any:
    """Execute a statement."""
    if session.execution_options:
        options = _with_session_wide(session, statement, options)
    if session.autoflush and session._is_dirty() and _flushes(statement, options):
        autoflush(session)
    writes = getattr(statement, "is_dml", False) or statement.__class__ is FromStatement
    if writes and writes_class(statement):
        return write(session, statement, params, options, bind_arguments)
    maker = None
    if isinstance(statement, Node) and statement.structure().lowering is not None:
        maker = loading if session.lazy_policy is None else watched_loading
    bind = session.bind
    if bind is None or bind_arguments or session._routes:
        bind = route(session, statement, bind_arguments)
    connection = session._begun().connection_to(bind)
    result = execute_statement(connection, statement, params, _for_engine(options), maker)
    if maker is not None:
        shape = result._shapes
        if shape.__class__ is Shapes and result.returns_rows:
            shape = result._shape
        if isinstance(shape, EntityShape):
            given = {**statement._execution_options, **options}
            _load_from(session, statement, result, shape, given)
    return result


def _flushes(statement: Any, options: Mapping[str, Any]) -> bool:
    """Tell whether a statement has changes written before it is sent."""
    said = options.get("autoflush")
    if said is None:
        said = getattr(statement, "_execution_options", options).get("autoflush", True)
    return bool(said)


def _with_session_wide(
    session: Session, statement: Any, options: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the options of an execution; what is said of all statements stands behind them.

    An engine's connection has them already, all but those that are the session's business.
    """
    of_all = session.execution_options
    if session.bind is None or isinstance(session.bind, Engine):
        of_all = {name: said for name, said in of_all.items() if name in _OF_ORM}
    own = getattr(statement, "_execution_options", None)
    return {**of_all, **(own or {}), **options}


_OF_ORM = frozenset(
    (
        "autoflush",
        "dml_strategy",
        "populate_existing",
        "render_nulls",
        "synchronize_session",
        "yield_per",
    )
)

# What is said to the session, and means nothing to an engine.
_OURS = ("populate_existing", "autoflush", "renewed", "identity_token")


def _for_engine(options: Mapping[str, Any]) -> Mapping[str, Any]:
    if not options or not any(name in options for name in _OURS):
        return options
    return {name: told for name, told in options.items() if name not in _OURS}


def _load_from(
    session: Session, statement: Any, result: Any, shape: EntityShape, options: Mapping[str, Any]
) -> None:
    """Have a result give objects in place of rows."""
    told = shape.told if shape.retold is None else shape.retold(statement)
    if statement.with_options:
        passed = propagated(statement.with_options)
        told = tuple([one.passing(passed) for one in told]) if passed else told
    spreads = bool(options.get("populate_existing"))
    again = shape.again or spreads
    context = LoadContext(
        session._home,
        shape,
        told,
        again=again,
        spreads=spreads,
        renewed=options.get("renewed"),
        token=options.get("identity_token"),
    )
    whole = shape.whole
    if session.lazy_policy is not None:
        context.told = watched(context, session)
        # What is asked for together is known as such before the first of them is touched.
        whole = True
    load = shape.loader(again=again)
    if session.dispatch.active and session.dispatch.loaded_as_persistent:
        load = telling(session, load)
    size = options.get("yield_per")
    source = EntitySource(result._source, load, context, whole=whole)
    if size:
        if shape.repeats:
            result.close()
            raise InvalidRequestError(
                "Can't use yield_per with eager loaders that require uniquing or row buffering, "
                "e.g. joinedload() against collections or subqueryload().  Consider the "
                "selectinload() strategy for better flexibility in loading objects.",
                hint="selectinload() in place of joinedload()",
            )
        source.yield_per(size)
    result._source = source
