"""What an option's value may be, and how it is read where it comes as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import NoneType

from toolkit_core.checker_names import cast
from toolkit_core.errors import OptionError
from toolkit_core.errors.parameters import value_text
from toolkit_core.records import Described, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    D = TypeVar("D")

TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})
FALSE = frozenset({"false", "no", "off", "n", "f", "0"})
NONE = frozenset({"none", "null", ""})


class Kind(Record):
    """The values of an option: what is expected, in words, and the functions that know."""

    expected: str
    accepts: Callable[[Any], bool]
    # Text out of a configuration file → value; None: it cannot be written as text.
    read: Callable[[str], Any] | None = None
    # Given → kept, for values with more than one spelling.
    plain: Callable[[Any], Any] | None = None
    # Values that may hold a password are not shown.
    secret: bool = False

    def option(self, default: D, purpose: str) -> D:
        """Return what stands in an option's row of the table: for type checkers, its default."""
        return cast("D", Option(default, self, purpose))

    def checked(self, option: str, value: Any) -> Any:
        """Return the value as it is to be kept, or say what is expected.

        >>> WHOLE.checked("pool_size", "five")
        Traceback (most recent call last):
            ...
        toolkit_core.errors.tree.OptionError: option 'pool_size' must be a whole number, not 'five'
        """
        if not self.accepts(value):
            raise self._refusal(option, value)
        return value if self.plain is None else self.plain(value)

    def from_text(self, option: str, text: str) -> Any:
        """Return the value that some text means.

        >>> SWITCH.from_text("pool_pre_ping", "off")
        False
        """
        if self.read is None:
            raise self._refusal(option, text, hint="give it to create_engine(), by keyword")
        try:
            return self.read(text.strip())
        except ValueError:
            raise self._refusal(option, text) from None

    def _refusal(self, option: str, value: Any, hint: str | None = None) -> OptionError:
        shown = f"a {type(value).__name__}" if self.secret else value_text(value)
        return OptionError(f"option {option!r} must be {self.expected}, not {shown}", hint=hint)


class Option(Described):
    """One row of the table of options."""

    __slots__ = ("kind", "purpose")

    def __init__(self, default: Any, kind: Kind, purpose: str) -> None:
        super().__init__(default)
        self.kind = kind
        self.purpose = purpose


# -- reading text -----------------------------------------------------------------------


def read_switch(text: str) -> bool:
    """Read one of the words for yes and no; anything else is a ``ValueError``."""
    word = text.lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ValueError(text)


def _read_echo(text: str) -> Any:
    return "debug" if text.lower() == "debug" else read_switch(text)


def _read_number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)


def _read_names(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: None if text.lower() in NONE else read(text)


# -- accepting values -------------------------------------------------------------------


def _of(*types: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, types)


def _is_switch(value: Any) -> bool:
    # The text "false" is true for Python: it must never pass.
    return value is None or isinstance(value, (bool, int))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_natural(value: Any) -> bool:
    return _is_whole(value) and value >= 0


def _is_number(value: Any) -> bool:
    return _is_whole(value) or isinstance(value, float)


def _is_callable(value: Any) -> bool:
    return value is None or callable(value)


def _is_names(value: Any) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(name, str) for name in value)
    )


def _is_echo(value: Any) -> bool:
    return value == "debug" or _is_switch(value)


def _is_no_text(value: Any) -> bool:
    return not isinstance(value, (str, bytes))


RESETS = {"rollback": "rollback", "commit": "commit", "none": None}
RESETS_BY_SWITCH = {True: "rollback", False: None, None: None}
PARAMSTYLES = frozenset({"qmark", "numeric", "numeric_dollar", "named", "format", "pyformat"})


def _is_reset(value: Any) -> bool:
    return value in RESETS if isinstance(value, str) else value in RESETS_BY_SWITCH


def _plain_reset(value: Any) -> str | None:
    return RESETS[value] if isinstance(value, str) else RESETS_BY_SWITCH[value]


def _read_reset(text: str) -> str | None:
    if text.lower() not in RESETS:
        raise ValueError(text)
    return RESETS[text.lower()]


# -- the kinds --------------------------------------------------------------------------

SWITCH = Kind("True or False", _is_switch, read_switch, bool)
ECHO = Kind('True, False or "debug"', _is_echo, _read_echo)
WHOLE = Kind("a whole number", _is_whole, int)
NATURAL = Kind("a whole number, 0 or more", _is_natural, int)
OVERFLOW = Kind("a whole number, -1 or more", lambda v: _is_whole(v) and v >= -1, int)
POSITIVE = Kind("a whole number, 1 or more", lambda v: _is_natural(v) and v > 0, int)
# Zero is as good as nothing here, as is documented.
LENGTH = Kind(
    "a whole number, or None",
    lambda v: v is None or _is_natural(v),
    _or_none(int),
    lambda v: v or None,
)
SECONDS = Kind(
    "a number of seconds, or None", lambda v: v is None or _is_number(v), _or_none(_read_number)
)
AGE = SECONDS.but(plain=lambda v: -1 if v is None else v)
TEXT = Kind("a string, or None", _of(str, NoneType), str)
NAMES = Kind("a list of names", _is_names, _read_names, tuple)
MAPPING = Kind("a dictionary", _of(Mapping, NoneType), plain=lambda v: dict(v or {}), secret=True)
CALLABLE = Kind("a function, or None", _is_callable)
POOL_CLASS = Kind("a class of pool, or None", _is_callable)
OBJECT = Kind("the object itself, not its name", _is_no_text)
RESET = Kind('"rollback", "commit" or None', _is_reset, _or_none(_read_reset), _plain_reset)
PARAMSTYLE = Kind(
    "one of " + ", ".join(sorted(PARAMSTYLES)) + ", or None",
    lambda v: v is None or v in PARAMSTYLES,
    str,
)

_BY_DEFAULT: dict[type, Kind] = {bool: SWITCH, int: WHOLE, float: SECONDS}


def kind_of_default(default: object) -> Kind | None:
    """Return the kind that a driver's option has by its default; None: anything goes.

    >>> kind_of_default(False) is SWITCH
    True
    >>> kind_of_default("utf8") is None
    True
    """
    return _BY_DEFAULT.get(type(default))
