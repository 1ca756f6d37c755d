"""What a session executes and finds: the methods whose results have types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from toolkit_core.immutabledict import EMPTY
from toolkit_core.lazy_module import lazy_module
from toolkit_core.variadic import Ts, Unpack
from toolkit_orm.session import lookup

if TYPE_CHECKING:
    from toolkit_core.engine import prepare
    from toolkit_core.engine.result import Result
    from toolkit_core.engine.result_filters import ScalarResult
    from toolkit_core.expression.select import Select
else:
    prepare = lazy_module("toolkit_core.engine.prepare")

T = TypeVar("T")
Options = Mapping[str, Any]


class StatementMethods:
    """The part of a session that executes statements."""

    @overload
    def execute(
        self,
        statement: Select[Unpack[Ts]],
        params: Any = ...,
        *,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
        **named: Any,
    ) -> Result[Unpack[Ts]]: ...
    @overload
    def execute(
        self,
        statement: Any,
        params: Any = ...,
        *,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
        **named: Any,
    ) -> Any: ...
    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = EMPTY,
        bind_arguments: Options | None = None,
        **named: Any,
    ) -> Any:
        """Execute a statement; entities in its rows are objects of the session.

        A string is taken as ``text()``, and parameters may be given by keyword, as programs
        written for older versions do.
        """
        if named:
            params = prepare.with_named(params, named)
        return self._execute(statement, params, execution_options, bind_arguments)

    def _execute(
        self, statement: Any, params: Any, options: Options, bind_arguments: Options | None
    ) -> Any:
        raise NotImplementedError

    @overload
    def scalars(
        self,
        statement: Select[T, Unpack[tuple[Any, ...]]],
        params: Any = ...,
        *,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
        **named: Any,
    ) -> ScalarResult[T]: ...
    @overload
    def scalars(
        self,
        statement: Any,
        params: Any = ...,
        *,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
        **named: Any,
    ) -> ScalarResult[Any]: ...
    def scalars(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = EMPTY,
        bind_arguments: Options | None = None,
        **named: Any,
    ) -> ScalarResult[Any]:
        """Execute a statement and return the first of each row."""
        if named:
            params = prepare.with_named(params, named)
        found: ScalarResult[Any] = self._execute(
            statement, params, execution_options, bind_arguments
        ).scalars()
        return found

    @overload
    def scalar(
        self,
        statement: Select[T, Unpack[tuple[Any, ...]]],
        params: Any = ...,
        *,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
        **named: Any,
    ) -> T | None: ...
    @overload
    def scalar(
        self,
        statement: Any,
        params: Any = ...,
        *,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
        **named: Any,
    ) -> Any: ...
    def scalar(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = EMPTY,
        bind_arguments: Options | None = None,
        **named: Any,
    ) -> Any:
        """Execute a statement and return the first of the first row."""
        if named:
            params = prepare.with_named(params, named)
        return self._execute(statement, params, execution_options, bind_arguments).scalar()

    @overload
    def get(
        self,
        entity: type[T],
        ident: Any,
        *,
        options: Sequence[Any] | None = ...,
        populate_existing: bool | None = ...,
        with_for_update: Any = ...,
        identity_token: Any = ...,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
    ) -> T | None: ...
    @overload
    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = ...,
        populate_existing: bool | None = ...,
        with_for_update: Any = ...,
        identity_token: Any = ...,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
    ) -> Any: ...
    def get(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Options = EMPTY,
        bind_arguments: Options | None = None,
    ) -> Any:
        """Return the object of a key, from the session or else from the database, or None."""
        return lookup.get(
            self,
            entity,
            ident,
            options,
            populate_existing,
            with_for_update,
            execution_options,
            bind_arguments,
            identity_token,
        )

    @overload
    def get_one(
        self,
        entity: type[T],
        ident: Any,
        *,
        options: Sequence[Any] | None = ...,
        populate_existing: bool | None = ...,
        with_for_update: Any = ...,
        identity_token: Any = ...,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
    ) -> T: ...
    @overload
    def get_one(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = ...,
        populate_existing: bool | None = ...,
        with_for_update: Any = ...,
        identity_token: Any = ...,
        execution_options: Options = ...,
        bind_arguments: Options | None = ...,
    ) -> Any: ...
    def get_one(
        self,
        entity: Any,
        ident: Any,
        *,
        options: Sequence[Any] | None = None,
        populate_existing: bool | None = None,
        with_for_update: Any = None,
        identity_token: Any = None,
        execution_options: Options = EMPTY,
        bind_arguments: Options | None = None,
    ) -> Any:
        """Return the object of a key, which must be there."""
        found = self.get(
            entity,
            ident,
            options=options,
            populate_existing=populate_existing,
            with_for_update=with_for_update,
            identity_token=identity_token,
            execution_options=execution_options,
            bind_arguments=bind_arguments,
        )
        return lookup.required(entity, ident, found)
