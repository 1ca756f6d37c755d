"""The options of ``create_engine``: one table with default, kind and purpose of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import ModuleType

from toolkit_core.engine import option_kinds as kinds
from toolkit_core.engine.option_kinds import Kind, kind_of_default
from toolkit_core.errors import ArgumentError, UnknownOptionError, warn_deprecated
from toolkit_core.immutabledict import EMPTY
from toolkit_core.nearest import nearest
from toolkit_core.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class EngineOptions(Record):
    """All that ``create_engine`` may be told beside the URL.

    ``driver_options`` are those of the dialect's driver, ``given`` the names of all that were
    told; the rest stands at its default.

    >>> options = EngineOptions.checked(pool_size=10, echo="debug")
    >>> options.pool_size, options.max_overflow, sorted(options.given)
    (10, 10, ['echo', 'pool_size'])
    """

    connect_args: Mapping[str, Any] = kinds.MAPPING.option(
        EMPTY, "Further arguments for the driver's connect()."
    )
    creator: Callable[..., Any] | None = kinds.CALLABLE.option(
        None, "A function that opens connections; the URL's parts are not used."
    )
    echo: bool | str | None = kinds.ECHO.option(
        False, 'Log all statements to standard output; "debug" logs rows too.'
    )
    echo_pool: bool | str | None = kinds.ECHO.option(
        False, 'Log what the pool does; "debug" logs each checkout and checkin.'
    )
    empty_in_strategy: Any = kinds.OBJECT.option(None, "Without effect since 1.4.")
    enable_from_linting: bool = kinds.SWITCH.option(
        True, "Warn when a SELECT makes a cartesian product of unlinked tables."
    )
    execution_options: Mapping[str, Any] = kinds.MAPPING.option(
        EMPTY, "Execution options of all connections."
    )
    future: bool = kinds.SWITCH.option(True, "Accepted for old code; only True is possible.")
    hide_parameters: bool = kinds.SWITCH.option(
        False, "Show no parameters of statements, in logs and in errors."
    )
    implicit_returning: bool = kinds.SWITCH.option(True, "Without effect since 2.0.")
    insertmanyvalues_page_size: int = kinds.POSITIVE.option(
        1000, "How many rows one INSERT ... VALUES statement holds at most."
    )
    isolation_level: str | None = kinds.TEXT.option(None, "The isolation level of all connections.")
    json_deserializer: Callable[[str], Any] | None = kinds.CALLABLE.option(
        None, "Reads JSON; json.loads, or what the driver has."
    )
    json_serializer: Callable[[Any], str] | None = kinds.CALLABLE.option(
        None, "Writes JSON; json.dumps."
    )
    label_length: int | None = kinds.LENGTH.option(
        None, "How long a generated label may be; None: as long as any name."
    )
    logging_name: str | None = kinds.TEXT.option(
        None, "What tells this engine from others in the log."
    )
    max_identifier_length: int | None = kinds.LENGTH.option(
        None, "How long a name may be; None: what the dialect knows."
    )
    max_overflow: int = kinds.OVERFLOW.option(
        10, "How many connections may be open beyond pool_size; -1: any number."
    )
    module: ModuleType | Any | None = kinds.OBJECT.option(
        None, "A DBAPI module to use instead of the driver's own."
    )
    paramstyle: str | None = kinds.PARAMSTYLE.option(
        None, "The style of placeholders; None: the driver's own."
    )
    plugins: Sequence[str] = kinds.NAMES.option((), "Names of plugins that see the engine made.")
    pool: Any = kinds.OBJECT.option(None, "A pool that is ready made; the URL is not used.")
    poolclass: Any = kinds.POOL_CLASS.option(None, "The class of pool; None: the dialect's choice.")
    pool_logging_name: str | None = kinds.TEXT.option(
        None, "What tells this engine's pool from others in the log."
    )
    pool_pre_ping: bool = kinds.SWITCH.option(
        False, "Test a connection for life before it is handed out."
    )
    pool_recycle: float | None = kinds.AGE.option(
        -1, "Replace connections older than so many seconds; -1: never."
    )
    pool_reset_on_return: str | None = kinds.RESET.option(
        "rollback", "What ends the transaction of a connection that comes back."
    )
    pool_size: int = kinds.NATURAL.option(
        5, "How many connections stay open; 0: there is no limit."
    )
    pool_timeout: float | None = kinds.SECONDS.option(
        30.0, "How many seconds to wait for a free connection."
    )
    pool_use_lifo: bool = kinds.SWITCH.option(
        False, "Hand out the connection that came back last, so that some idle."
    )
    query_cache_size: int = kinds.NATURAL.option(
        500, "How many compiled statements are kept; 0: none."
    )
    skip_autocommit_rollback: bool = kinds.SWITCH.option(
        False, "Send no ROLLBACK on a connection that commits by itself."
    )
    use_insertmanyvalues: bool = kinds.SWITCH.option(
        True, "Insert many rows by one statement where their keys come back."
    )
    driver_options: Mapping[str, Any] = EMPTY
    given: frozenset[str] = frozenset()

    @classmethod
    def checked(
        cls, known: Mapping[str, Any] = EMPTY, configuration: str = "", /, **given: Any
    ) -> EngineOptions:
        """Check what was given; ``known`` has the driver's own options with their defaults.

        ``configuration`` names dialect, pool and engine for the message.

        >>> EngineOptions.checked({"native_datetime": False}, pool_sice=3)
        Traceback (most recent call last):
            ...
        toolkit_core.errors.tree.UnknownOptionError: Invalid argument(s) 'pool_sice' sent to \
create_engine()
        Try: 'pool_size' instead of 'pool_sice'
        """
        unknown = [name for name in given if name not in KINDS and name not in known]
        if unknown:
            raise _unknown(unknown, {*KINDS, *known}, configuration)
        documented = {
            name: KINDS[name].checked(name, value) for name, value in given.items() if name in KINDS
        }
        of_driver = {
            name: _of_driver(name, given.get(name, default), default)
            for name, default in known.items()
            if name not in KINDS
        }
        options = cls(**documented, driver_options=of_driver, given=frozenset(given))
        _refuse_contradictions(options, configuration)
        return options


_TABLE = {
    name: option
    for name, option in EngineOptions.__fields__.items()
    if isinstance(option, kinds.Option)
}
KINDS: Mapping[str, Kind] = {name: option.kind for name, option in _TABLE.items()}
PURPOSES: Mapping[str, str] = {name: option.purpose for name, option in _TABLE.items()}
# What every pool takes, and what but some do.
POOL_OPTIONS = frozenset(
    {
        "echo_pool",
        "pool_logging_name",
        "pool_pre_ping",
        "pool_recycle",
        "pool_reset_on_return",
    }
)
QUEUE_OPTIONS = frozenset({"max_overflow", "pool_size", "pool_timeout", "pool_use_lifo"})


def check_pool_options(
    poolclass_accepts: Collection[str], given: Iterable[str], configuration: str = ""
) -> None:
    """Refuse the options that the chosen class of pool has no use for.

    ``poolclass_accepts`` names those of ``QUEUE_OPTIONS`` that it takes.

    >>> check_pool_options({"pool_size"}, ["pool_size", "echo"])
    >>> check_pool_options((), ["pool_size"], "sqlite+pysqlite/NullPool/Engine")
    Traceback (most recent call last):
        ...
    toolkit_core.errors.tree.UnknownOptionError: Invalid argument(s) 'pool_size' sent to \
create_engine(), using configuration sqlite+pysqlite/NullPool/Engine
    Try: leave them out, or choose another poolclass
    """
    useless = [n for n in given if n in QUEUE_OPTIONS and n not in poolclass_accepts]
    if useless:
        raise UnknownOptionError(
            _invalid(useless, configuration), hint="leave them out, or choose another poolclass"
        )


def _of_driver(name: str, value: Any, default: Any) -> Any:
    """Read text where the default is no text, as values of a configuration file are."""
    kind = kind_of_default(default)
    if kind is not None and isinstance(value, str):
        return kind.from_text(name, value)
    return value


def _refuse_contradictions(options: EngineOptions, configuration: str) -> None:
    if not options.future:
        raise ArgumentError("The 'future' option of create_engine() may only be True")
    for name in ("implicit_returning", "empty_in_strategy"):
        if name in options.given:
            warn_deprecated(f"create_engine({name}=...) has no effect", since="1.4")
    if options.pool is not None:
        _refuse_beside_pool(options.given, configuration)
    longest = options.max_identifier_length
    if options.label_length and longest and options.label_length > longest:
        raise ArgumentError(
            f"label_length={options.label_length} is greater than max_identifier_length={longest}",
            hint="a label is a name too: make it shorter, or leave it to the dialect",
        )


def _refuse_beside_pool(given: frozenset[str], configuration: str) -> None:
    for_new_pools = {*POOL_OPTIONS, *QUEUE_OPTIONS, "poolclass", "creator"}
    useless = sorted(given & for_new_pools)
    if useless:
        raise UnknownOptionError(
            _invalid(useless, configuration), hint="give them to the pool, which is made already"
        )


def _unknown(
    names: Sequence[str], known: Collection[str], configuration: str
) -> UnknownOptionError:
    near = [(nearest(name.lower(), sorted(known)), name) for name in names]
    hint = ", ".join(f"{found!r} instead of {name!r}" for found, name in near if found)
    return UnknownOptionError(_invalid(names, configuration), hint=hint or None)


def _invalid(names: Iterable[str], configuration: str) -> str:
    shown = ",".join(repr(name) for name in names)
    using = f", using configuration {configuration}" if configuration else ""
    return f"Invalid argument(s) {shown} sent to create_engine(){using}"
