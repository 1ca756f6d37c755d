"""What a session was told to write: the statement, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_orm.load.returned import ReturnedPlan, loaded, returned_plan
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.lowered_dml import lowered_dml
from toolkit_orm.query.lowering import Lowering

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

_NONE: Mapping[str, Any] = {}
WAYS = ("auto", "evaluate", "fetch", False)
# What is said to the session, and means nothing to an engine.  ``is_delete_using`` and
# ``is_update_from`` say what the statement reads from, which is seen by itself here.
_OURS = frozenset(
    (
        "synchronize_session",
        "populate_existing",
        "render_nulls",
        "dml_strategy",
        "identity_token",
        "autoflush",
        "is_delete_using",
        "is_update_from",
    )
)


class WriteOrder:
    """One statement of a class, and what its options say."""

    def __init__(
        self,
        session: Session,
        statement: Any,
        options: Mapping[str, Any],
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> None:
        self.session = session
        self.bind_arguments = bind_arguments
        self.statement = statement
        self.mapper = _mapper_of(statement)
        # "auto", or what else was said; and whether objects that are there are loaded anew.
        self.way: Any = "auto"
        self.strategy: str = "auto"
        self.again = self.renders_nulls = False
        # Of which objects alone it is, where a session has several of the same key.
        self.token: Any = None
        self.options: Mapping[str, Any] = _NONE
        if options or statement._execution_options:
            self._take({**statement._execution_options, **options})

    def _take(self, told: Mapping[str, Any]) -> None:
        """Take what its options say."""
        self.way = told.get("synchronize_session", "auto")
        self.strategy = told.get("dml_strategy", "auto")
        self.again = bool(told.get("populate_existing", False))
        self.token = told.get("identity_token")
        self.renders_nulls = bool(told.get("render_nulls", False))
        self.options = {name: value for name, value in told.items() if name not in _OURS}

    def check_way(self) -> None:
        """Refuse a way to have objects follow that is none."""
        # None is as good as False, and is what one message asks for.
        if self.way is not None and not any(self.way is one for one in WAYS):
            raise ArgumentError(
                "Valid strategies for session synchronization are 'auto', 'evaluate', 'fetch', "
                "False",
                hint=f"synchronize_session={self.way!r} is none of them",
            )

    @property
    def connection(self) -> Any:
        """What the statement goes to."""
        return self.session._connection_of(self.mapper, self.statement, self.bind_arguments)

    def execute(self, statement: Any, params: Any = None) -> Any:
        """Execute a statement about tables."""
        return self.connection.execute(statement, params, execution_options=self.options)

    def plain(self, plan: ReturnedPlan | None = None) -> Any:
        """Return the statement as it is sent, but for what it returns if that is not as planned.

        It is still one of the class: for each shape of it the engine's cache knows what it is for
        the table.
        """
        made = self.statement
        if made.returned and not (plan is not None and plan.is_as_asked):
            made = made.dropped("returned")
        return made.dropped("_execution_options") if made._execution_options else made

    def lowered(self) -> Any:
        """Return the statement about the table, without what it returns."""
        return lowered_dml(Lowering(), self.plain())

    def returning(self, plain: Any, plan: ReturnedPlan, **options: Any) -> Any:
        """Return the statement with the columns that the objects are made of."""
        return plain if plan.is_as_asked else plain.returning(*plan.columns, **options)

    def returned(self) -> ReturnedPlan | None:
        """Return what it returns, and how that becomes objects; None if it returns nothing."""
        statement = self.statement
        if not statement.returned:
            return None
        return returned_plan(
            statement,
            self.mapper,
            self.connection.dialect,
            is_watched=self.session.lazy_policy is not None,
        )

    def objects(self, plan: ReturnedPlan, result: Any, raw: list[Any]) -> Any:
        """Return a result that has objects in place of rows."""
        return loaded(self.session, self.statement, plan, result, raw, again=self.again)


def _mapper_of(statement: Any) -> Any:
    entities: Sequence[Any] = (statement.table, *statement.returned)
    return next(one.mapper for one in entities if isinstance(one, (Entity, AliasedEntity)))
