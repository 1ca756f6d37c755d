"""What is selected, taken from the rows of a statement that is given: text, a UNION."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.descriptions import descriptions
from toolkit_core.expression.executable import Executable
from toolkit_core.expression.label_style import LABEL_STYLE_DEFAULT
from toolkit_core.expression.node import child, children, declared


@declared
class FromStatement(Executable):
    """What ``select(User).from_statement(text(...))`` is; a session makes objects of its rows."""

    visit_name = "from_statement"
    is_select = True

    entities: tuple[Any, ...] = children()
    element: Any = child()

    @property
    def column_descriptions(self) -> list[dict[str, Any]]:
        """For each thing that is selected its name, its type, and the expression."""
        return descriptions(self.entities, LABEL_STYLE_DEFAULT)
