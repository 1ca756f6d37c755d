"""Connection pools."""

from toolkit_core.pool import *  # noqa: F403 - the list is kept there
from toolkit_core.pool import __all__ as __all__
