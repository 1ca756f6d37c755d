"""Annotations, read without failing over a name that is not there yet.

Since Python 3.14 they are evaluated when they are asked for, unless their module imports them
``from __future__``.  A name that is imported for type checkers only, or that comes later, raises
``NameError`` then; here, it is a ``ForwardRef``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from toolkit_core.lazy_module import lazy_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    import inspect
    from typing import Any
else:
    inspect = lazy_module("inspect")

annotationlib: Any = lazy_module("annotationlib")

# Whether annotations are a function that is called when somebody asks.
LATE = sys.version_info >= (3, 14)


def own_annotations(annotated: Any) -> Mapping[str, Any]:
    """Return the annotations of a class itself, or of a function, evaluated as far as they can be.

    >>> class Point:
    ...     x: int
    >>> list(own_annotations(Point))
    ['x']
    """
    found: Mapping[str, Any]
    if LATE:  # pragma: no cover - by version
        try:
            found = annotated.__annotations__
        except Exception:  # noqa: BLE001 - whatever the expressions of a program raise
            found = _annotations(annotated, "FORWARDREF")
    elif isinstance(annotated, type):
        # Looked up like others, the attribute may be that of a class above.
        found = vars(annotated).get("__annotations__", {})
    else:
        found = getattr(annotated, "__annotations__", {})
    return found


def written_annotation(annotated: Any, name: str) -> str | None:
    """Return the text of an annotation, where Python still has it."""
    found = own_annotations(annotated).get(name)
    if LATE and not isinstance(found, str):  # pragma: no cover - by version
        found = _annotations(annotated, "STRING").get(name)
    return found if isinstance(found, str) else None


def signature_of(called: Callable[..., Any]) -> inspect.Signature:
    """Return how something is called.

    >>> str(signature_of(lambda one, *others: one))
    '(one, *others)'
    """
    if LATE:  # pragma: no cover - by version
        late: Any = {"annotation_format": annotationlib.Format.STRING}
        return inspect.signature(called, **late)
    return inspect.signature(called)


def _annotations(annotated: Any, how: str) -> Mapping[str, Any]:  # pragma: no cover - by version
    found: Mapping[str, Any] = annotationlib.get_annotations(
        annotated, format=getattr(annotationlib.Format, how)
    )
    return found
