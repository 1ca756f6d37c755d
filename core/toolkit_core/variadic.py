"""For classes with any number of type parameters: the names, from where Python has them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeVarTuple, Unpack

    # Without arguments a result may have any columns.
    Ts = TypeVarTuple("Ts", default=Unpack[tuple[Any, ...]])
else:
    if sys.version_info >= (3, 11):
        from typing import TypeVarTuple, Unpack
    else:
        from typing_extensions import TypeVarTuple, Unpack

    # Only type checkers look at the default, which ``typing`` knows since Python 3.13.
    Ts = TypeVarTuple("Ts")

__all__ = ["Ts", "TypeVarTuple", "Unpack"]
