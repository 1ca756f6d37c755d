"""What a statement tells of the things that it selects, or returns."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.label_style import SelectLabelStyle
from toolkit_core.expression.selected import row_names, selected_by
from toolkit_core.types import NULLTYPE


def descriptions(raw: tuple[Any, ...], style: SelectLabelStyle) -> list[dict[str, Any]]:
    """Return a dictionary for each thing that is selected: its name, its type, the expression."""
    values = [one for one in raw if not hasattr(one, "described")]
    columns = zip(selected_by(values), row_names(values, style), strict=True)
    found: list[dict[str, Any]] = []
    for one in raw:
        if hasattr(one, "described"):
            found.append(one.described())
        else:
            found += [_described(*next(columns)) for _ in selected_by((one,))]
    return found


def _described(one: Any, name: str | None) -> dict[str, Any]:
    shown = [getattr(source, "shown", None) for source in sources_in((one,))]
    entity = next((each for each in shown if each is not None), None)
    aliased = entity is not None and not isinstance(entity, type)
    type_ = getattr(one, "type", NULLTYPE)
    return {"name": name, "type": type_, "aliased": aliased, "expr": one, "entity": entity}
