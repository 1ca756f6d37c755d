"""What ``typing`` has in newer Pythons only, from the cheapest place.

``typing_extensions`` has it all, costs 2 ms, and brings ``inspect``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self, TypeVarTuple, Unpack, dataclass_transform

    # Without arguments a result may have any columns.
    Ts = TypeVarTuple("Ts", default=Unpack[tuple[Any, ...]])
else:
    if sys.version_info >= (3, 11):
        from typing import Self, TypeVarTuple, Unpack, dataclass_transform
    else:
        from typing_extensions import Self, TypeVarTuple, Unpack, dataclass_transform

    # Only type checkers look at the default, which ``typing`` knows since Python 3.13.
    Ts = TypeVarTuple("Ts")

__all__ = ["Self", "Ts", "TypeVarTuple", "Unpack", "dataclass_transform"]
