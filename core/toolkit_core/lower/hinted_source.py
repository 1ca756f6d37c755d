"""Something that is read from, with words for it."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.node import Node, child, declared
from toolkit_core.expression.prefixes import SourceHint


@declared
class HintedSource(Node):
    """A source and the hint for it, which some databases want before it."""

    visit_name = "hinted_source"

    source: Any = child()
    hint: SourceHint = child()
