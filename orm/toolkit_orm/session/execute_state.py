"""What listeners of ``do_orm_execute`` are given: a statement about to be executed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.from_statement import FromStatement
from toolkit_orm.load.reason import REASON, LoadReason
from toolkit_orm.query.user_option import UserDefinedOption
from toolkit_orm.session import querying
from toolkit_orm.session.subject import mappers_of

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.session.session import Session

Listener = Callable[[Any], Any]
_NO_REASON = LoadReason()


class ORMExecuteState:
    """One call of ``Session.execute()``: the statement may be changed, or a result returned."""

    def __init__(
        self,
        session: Session,
        statement: Any,
        parameters: Any,
        execution_options: Mapping[str, Any],
        bind_arguments: Mapping[str, Any] | None,
        left: tuple[Listener, ...] | None = None,
    ) -> None:
        self.session = session
        self.statement = statement
        self.parameters = parameters
        options = dict(execution_options)
        self._reason: LoadReason = options.pop(REASON, _NO_REASON)
        self.local_execution_options: Mapping[str, Any] = options
        self.bind_arguments = {"clause": statement, **(bind_arguments or {})}
        if self.bind_mapper is None and self.all_mappers:
            self.bind_arguments["mapper"] = self.all_mappers[0]
        # The listeners that have not been called yet.
        self._left = session.dispatch.do_orm_execute if left is None else left

    @property
    def execution_options(self) -> Mapping[str, Any]:
        """The options of session and statement, with those of this call."""
        own = getattr(self.statement, "_execution_options", {})
        return {**self.session.execution_options, **own, **self.local_execution_options}

    # -- what it is -----------------------------------------------------------------------

    @property
    def is_orm_statement(self) -> bool:
        """Whether it is about mapped classes."""
        return bool(self.all_mappers)

    @property
    def is_select(self) -> bool:
        """Whether it is a SELECT."""
        return bool(getattr(self.statement, "is_select", False)) and not self.is_from_statement

    @property
    def is_from_statement(self) -> bool:
        """Whether it loads classes from a statement that was given: ``from_statement()``."""
        return isinstance(self.statement, FromStatement)

    @property
    def is_insert(self) -> bool:
        """Whether it is an INSERT."""
        return bool(getattr(self.statement, "is_insert", False))

    @property
    def is_update(self) -> bool:
        """Whether it is an UPDATE."""
        return bool(getattr(self.statement, "is_update", False))

    @property
    def is_delete(self) -> bool:
        """Whether it is a DELETE."""
        return bool(getattr(self.statement, "is_delete", False))

    @property
    def is_executemany(self) -> bool:
        """Whether there are several sets of parameters."""
        return isinstance(self.parameters, (list, tuple))

    @property
    def bind_mapper(self) -> Mapper | None:
        """The mapper that says which database it goes to."""
        found: Mapper | None = self.bind_arguments.get("mapper")
        return found

    @property
    def all_mappers(self) -> list[Mapper]:
        """The mappers of all classes that it selects or writes."""
        return mappers_of(self.statement)

    # -- why it is executed ---------------------------------------------------------------

    @property
    def is_column_load(self) -> bool:
        """Whether it loads attributes of an object that is there: expired or deferred ones."""
        return self._reason.loads_columns

    @property
    def is_relationship_load(self) -> bool:
        """Whether it loads what is related to objects that are there."""
        return self._reason.path is not None

    @property
    def lazy_loaded_from(self) -> InstanceState | None:
        """The state of the object whose relationship is loaded lazily."""
        self._check_select("load")
        return self._reason.state

    @property
    def loader_strategy_path(self) -> Any:
        """The way that leads to the relationship that is loaded, mappers and relationships."""
        return self._reason.path

    @property
    def load_options(self) -> Mapping[str, Any]:
        """Those of the options that say how objects are loaded."""
        self._check_select("load")
        return self._of_options("populate_existing", "autoflush", "yield_per", "identity_token")

    @property
    def update_delete_options(self) -> Mapping[str, Any]:
        """Those of the options that say how objects follow an UPDATE or DELETE."""
        if not (self.is_update or self.is_delete):
            raise InvalidRequestError(
                "This ORM execution is not against an UPDATE or DELETE statement so there are no "
                "update options."
            )
        return self._of_options("synchronize_session", "autoflush", "dml_strategy")

    @property
    def user_defined_options(self) -> list[UserDefinedOption]:
        """The options of users' own classes, of this statement or of the one that led to it."""
        own = getattr(self.statement, "with_options", ())
        return [one for one in own if isinstance(one, UserDefinedOption)]

    def _check_select(self, kind: str) -> None:
        if not self.is_select:
            raise InvalidRequestError(
                f"This ORM execution is not against a SELECT statement so there are no {kind} "
                "options."
            )

    def _of_options(self, *names: str) -> Mapping[str, Any]:
        given = self.execution_options
        return {name: given[name] for name in names if name in given}

    # -- what may be done to it -----------------------------------------------------------

    def update_execution_options(self, **opts: Any) -> None:
        """Set options of this execution."""
        self.local_execution_options = {**self.local_execution_options, **opts}

    def invoke_statement(
        self,
        statement: Any = None,
        params: Any = None,
        execution_options: Mapping[str, Any] | None = None,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Execute the statement, or another, and return its result.

        Parameters are added to those that there are; so are options.
        """
        made = ORMExecuteState(
            self.session,
            self.statement if statement is None else statement,
            self._merged(params),
            {**self.local_execution_options, **(execution_options or {}), REASON: self._reason},
            {**self.bind_arguments, **(bind_arguments or {})},
            self._left,
        )
        if statement is not None:
            made.bind_arguments["clause"] = statement
        return made.result()

    def _merged(self, params: Any) -> Any:
        given = self.parameters
        if params is None:
            return given
        if not self.is_executemany:
            return {**(given or {}), **params} if isinstance(params, Mapping) else params
        if len(params) != len(given):
            raise InvalidRequestError(
                f"Can't apply {len(params)} set(s) of parameters to an executemany of {len(given)}",
                hint="give as many dictionaries as the statement has",
            )
        return [{**one, **more} for one, more in zip(given, params, strict=True)]

    def result(self) -> Any:
        """Call the listeners that are left, then execute unless one has returned a result."""
        while self._left:
            heard, *left = self._left
            self._left = tuple(left)
            found = heard(self)
            if found is not None:
                return found
        options = self.local_execution_options
        return querying.execute(
            self.session, self.statement, self.parameters, options, self.bind_arguments
        )
