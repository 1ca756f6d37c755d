"""The handler that ``echo`` writes to."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    _StreamHandler = logging.StreamHandler[Any]
else:
    _StreamHandler = logging.StreamHandler


class StandardOutput(_StreamHandler):
    """A handler that writes to what is standard output at that moment."""

    @property
    def stream(self) -> Any:
        """Standard output, which tests and notebooks replace."""
        return sys.stdout

    @stream.setter
    def stream(self, given: Any) -> None:
        """Ignore what the base class wants to keep."""
