"""What a dialect is, as frozen data: how it writes things, and what its server can do."""

from toolkit_core.facts.capabilities import Capabilities
from toolkit_core.facts.quoted_name import named, quoted_name
from toolkit_core.facts.server import UNKNOWN_SERVER, ServerFacts
from toolkit_core.facts.style import ParamStyle, Style

__all__ = [
    "UNKNOWN_SERVER",
    "Capabilities",
    "ParamStyle",
    "ServerFacts",
    "Style",
    "named",
    "quoted_name",
]
