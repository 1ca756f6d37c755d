"""All errors and warnings."""

from toolkit_core.errors import *  # noqa: F403 - the list is kept there
from toolkit_core.errors import __all__ as __all__
