"""Names out of ``typing`` that mean something to type checkers only.

``typing`` costs 3 ms to import, a twelfth of what ``create_engine`` does.  What every program
imports does without it: names in annotations are imported ``if TYPE_CHECKING``, a constant that
checkers take for true; what stands outside of annotations comes from here.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Generic, Protocol, cast, overload

    from typing_extensions import dataclass_transform
else:
    Protocol = object

    class Generic:
        """A base that can be given parameters, and forgets them."""

        __slots__ = ()

        def __class_getitem__(cls, parameters: object) -> type:
            return cls

    def cast(kind: object, value: Any) -> Any:
        """Take a value for one of a kind."""
        return value

    def overload(function: Any) -> Any:
        """Leave it to the last definition of that name."""
        return function

    def dataclass_transform(**promises: object) -> Any:
        """Promise what only type checkers ask for."""
        return lambda marked: marked


__all__ = ["Generic", "Protocol", "cast", "dataclass_transform", "overload"]
