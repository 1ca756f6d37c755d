"""What an item is told for one dialect only: ``sqlite_where``, ``mysql_engine``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit_core.errors import ArgumentError, warn
from toolkit_core.immutabledict import EMPTY
from toolkit_core.nearest import nearest
from toolkit_core.plugins.registry import dialects

# The name of an argument that lets any other one pass.
ANY = "*"

# (dialect, class) → argument → default.  A dialect's rules say what they read.
_known: dict[tuple[str, type], dict[str, Any]] = {}


# Dialects that may well be meant, whether they are installed or not, and those that were found.
_DIALECTS = {"sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql"}


def _warn_if_missing(dialect: str, argument: str) -> None:
    """Warn of an argument for a dialect that nobody brings: nothing will ever read it."""
    if dialects.has(dialect) or any(known == dialect for known, _ in _known):
        _DIALECTS.add(dialect)
        return
    near = nearest(dialect, _DIALECTS)
    rest = argument.partition("_")[2]
    warn(
        f"Can't validate argument {argument!r}; can't locate any toolkit dialect named "
        f"{dialect!r}" + (f"; did you mean '{near}_{rest}'?" if near else "")
    )


class TakesDialectOptions:
    """Mix in what takes ``<dialect>_<argument>`` keywords.

    They are kept as they are given; whether a dialect knows them is found when that dialect
    writes the item, so that a program for several databases needs none of them installed.
    """

    _options: Mapping[str, Any] = EMPTY

    def _take_options(self, given: Mapping[str, Any]) -> None:
        for name in given:
            dialect, _, argument = name.partition("_")
            if not dialect or not argument:
                raise TypeError(
                    f"Additional arguments should be named <dialectname>_<argument>, got {name!r}"
                )
            if dialect not in _DIALECTS:
                _warn_if_missing(dialect, name)
        self._options = {**self._options, **given}

    @classmethod
    def argument_for(cls, dialect_name: str, argument_name: str, default: Any) -> None:
        """Let items of this class be given one more argument for a dialect."""
        _known.setdefault((dialect_name, cls), {})[argument_name] = default

    @property
    def dialect_kwargs(self) -> Mapping[str, Any]:
        """The arguments for dialects, as they were given."""
        return self._options

    @property
    def kwargs(self) -> Mapping[str, Any]:
        """The arguments for dialects, as they were given."""
        return self._options

    @property
    def dialect_options(self) -> DialectOptions:
        """The arguments by dialect, with their defaults.

        >>> class Kettle(TakesDialectOptions):
        ...     def __init__(self, **kw):
        ...         self._take_options(kw)
        >>> Kettle.argument_for("acme", "lid", True)
        >>> dict(Kettle(acme_size=3).dialect_options["acme"])
        {'lid': True, 'size': 3}
        """
        return DialectOptions(self)

    def get_dialect_option(
        self,
        dialect: Any,
        argument_name: str,
        *,
        else_: Any = None,
        deprecated_fallback: str | None = None,
    ) -> Any:
        """Return one argument for a dialect, or what to take if it was not given."""
        found = options_for(self, dialect.name)
        if argument_name in found:
            return found[argument_name]
        if deprecated_fallback is not None:
            return options_for(self, deprecated_fallback).get(argument_name, else_)
        return else_


class DialectOptions(Mapping[str, "dict[str, Any]"]):
    """The arguments of one item, by dialect."""

    __slots__ = ("_item",)

    def __init__(self, item: TakesDialectOptions) -> None:
        self._item = item

    def __getitem__(self, dialect: str) -> dict[str, Any]:
        return {**known_arguments(type(self._item), dialect), **options_for(self._item, dialect)}

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name.partition("_")[0] for name in self._item._options))

    def __len__(self) -> int:
        return len(set(self))


def options_for(item: TakesDialectOptions, dialect: str) -> dict[str, Any]:
    """Return what an item was told for a dialect."""
    if not item._options:
        return {}
    start = dialect + "_"
    return {
        name[len(start) :]: value for name, value in item._options.items() if name.startswith(start)
    }


def known_arguments(cls: type, dialect: str) -> dict[str, Any]:
    """Return the arguments that a dialect reads from items of a class, with their defaults."""
    found: dict[str, Any] = {}
    for parent in reversed(cls.__mro__):
        found.update(_known.get((dialect, parent), {}))
    return found


def check_options(item: TakesDialectOptions, dialect: Any) -> None:
    """Refuse what an item was told for a dialect that does not know it."""
    if not item._options or dialect is None:
        return
    known = known_arguments(type(item), dialect.name)
    if ANY in known:
        return
    for name in options_for(item, dialect.name):
        if name not in known:
            near = nearest(name, known)
            there = ", ".join(f"{dialect.name}_{one}" for one in known) or "none"
            raise ArgumentError(
                f"Argument '{dialect.name}_{name}' is not accepted by dialect {dialect.name!r} on "
                f"behalf of {type(item)!r}",
                hint=f"'{dialect.name}_{near}'" if near else f"it takes {there}",
            )
