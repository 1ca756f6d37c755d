"""What ``typing`` has in newer Pythons only, from the cheapest place.

``typing_extensions`` has it all, costs 2 ms, and brings ``inspect``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self, TypeVar, TypeVarTuple, Unpack, dataclass_transform

    # Without arguments a result may have any columns.
    Ts = TypeVarTuple("Ts", default=Unpack[tuple[Any, ...]])
else:
    import typing

    if sys.version_info >= (3, 11):
        from typing import Self, TypeVarTuple, Unpack, dataclass_transform
    else:
        from typing_extensions import Self, TypeVarTuple, Unpack, dataclass_transform

    if sys.version_info >= (3, 13):
        from typing import TypeVar
    else:

        def TypeVar(  # noqa: N802 - a class elsewhere
            name: str, *constraints: Any, default: Any = None, **options: Any
        ) -> Any:
            """Make a type variable without its default, which only type checkers look at."""
            return typing.TypeVar(name, *constraints, **options)

    Ts = TypeVarTuple("Ts")

__all__ = ["Self", "Ts", "TypeVar", "TypeVarTuple", "Unpack", "dataclass_transform"]
