"""Whether a logger would write, asked without importing ``logging``.

Half of what an engine costs to import would be ``logging``; and where nobody else has imported
it, nobody has configured a logger, so nothing is to be written.
"""

from __future__ import annotations

import sys

from toolkit_core.lazy_module import lazy_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from typing import Final
else:
    logging = lazy_module("logging")

# As ``logging`` has them; they are part of its documentation.
DEBUG: Final = 10
INFO: Final = 20


def logging_is_imported() -> bool:
    """Tell whether a logger can have been configured."""
    return "logging" in sys.modules


def is_enabled(logger: str, level: int) -> bool:
    """Tell whether a logger writes messages of a level.

    >>> is_enabled("toolkit.some.logger", DEBUG)
    False
    """
    return logging_is_imported() and logging.getLogger(logger).isEnabledFor(level)
