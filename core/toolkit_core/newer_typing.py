"""What ``typing`` has in newer Pythons only, where annotations alone would need it.

``typing_extensions`` has it all, costs 2 ms, and brings ``inspect``.  Where Python lacks a name,
type checkers see the one of ``typing_extensions``, and the program something that does as well.
"""

from __future__ import annotations

import sys
import typing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self, TypeVar, dataclass_transform
else:
    if sys.version_info >= (3, 11):
        from typing import Self, dataclass_transform
    else:
        Self = typing.TypeVar("Self")

        def dataclass_transform(**promises: object) -> Any:
            """Mark a class for type checkers only."""
            return lambda marked: marked

    if sys.version_info >= (3, 13):
        from typing import TypeVar
    else:

        def TypeVar(  # noqa: N802 - a class elsewhere
            name: str, *constraints: Any, default: Any = None, **options: Any
        ) -> Any:
            """Make a type variable without its default, which only type checkers look at."""
            return typing.TypeVar(name, *constraints, **options)


__all__ = ["Self", "TypeVar", "dataclass_transform"]
