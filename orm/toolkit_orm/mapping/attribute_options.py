"""What a dataclass wants to know of an attribute; it means nothing to the mapping itself."""

from __future__ import annotations

from typing import Any, Final

from toolkit_core.records import Record


class NoArgument:
    """In place of an argument that was not given, where None is a value."""

    def __repr__(self) -> str:
        return "NO_ARG"


NO_ARG: Final[Any] = NoArgument()


class Unset:
    """What ``__init__`` of a dataclass is given for an attribute that nobody set."""

    def __repr__(self) -> str:
        return "DONT_SET"


DONT_SET: Final[Any] = Unset()

# The arguments of ``dataclasses.field`` that our own functions take under the same names.
_FIELD_WORDS = ("init", "repr", "compare", "kw_only", "hash")


class AttributeOptions(Record):
    """The arguments of ``mapped_column()`` and its sisters that are for dataclasses only."""

    init: Any = NO_ARG
    repr: Any = NO_ARG
    default: Any = NO_ARG
    default_factory: Any = NO_ARG
    compare: Any = NO_ARG
    kw_only: Any = NO_ARG
    hash: Any = NO_ARG
    metadata: Any = NO_ARG

    def given(self) -> list[str]:
        """Return the names of the arguments that were given, but for the default."""
        names = (*_FIELD_WORDS, "default_factory", "metadata")
        return [name for name in names if getattr(self, name) is not NO_ARG]

    def field_arguments(self) -> dict[str, Any]:
        """Return what ``dataclasses.field`` is to be called with.

        >>> AttributeOptions(init=False, default=5).field_arguments()
        {'init': False, 'default': DONT_SET}
        """
        found = {
            word: getattr(self, word) for word in _FIELD_WORDS if getattr(self, word) is not NO_ARG
        }
        if self.metadata is not NO_ARG and self.metadata is not None:
            found["metadata"] = self.metadata
        if self.default_factory is not NO_ARG:
            found["default_factory"] = self.default_factory
        if self.default is not NO_ARG:
            # The attribute knows the default; what nobody set is not there.
            found["default"] = DONT_SET
        return found


NO_OPTIONS: Final = AttributeOptions()


# What ``options_of`` takes.
OPTION_WORDS = (*_FIELD_WORDS, "default", "default_factory", "dataclass_metadata")


def options_of(arguments: dict[str, Any]) -> AttributeOptions:
    """Take the options for dataclasses out of the arguments of a function."""
    found = {
        word: arguments.pop(word)
        for word in (*_FIELD_WORDS, "default", "default_factory")
        if word in arguments
    }
    if "dataclass_metadata" in arguments:
        found["metadata"] = arguments.pop("dataclass_metadata")
    given = {word: value for word, value in found.items() if value is not NO_ARG}
    return AttributeOptions(**given) if given else NO_OPTIONS
