"""Arrays as PostgreSQL writes them, read where the driver does not know the type of the items.

https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
"""

from __future__ import annotations

import re
from typing import Any

# A bound as in [0:2]={...}, then braces, a quoted item, a plain one, or a comma.
_TOKEN = re.compile(r'(?:\[[^={]*\]=)?([{}])|"((?:[^"\\]|\\.)*)"|([^{},"]+)|,', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def items_of(text: str) -> list[Any]:
    r"""Return the items of an array's text, lists in lists where it has several dimensions.

    >>> items_of(r'{{a,NULL},{"b c","\""}}')
    [['a', None], ['b c', '"']]
    """
    whole: list[Any] = []
    open_lists = [whole]
    for found in _TOKEN.finditer(text):
        brace, quoted, plain = found.groups()
        if brace == "{":
            inner: list[Any] = []
            open_lists[-1].append(inner)
            open_lists.append(inner)
        elif brace == "}":
            open_lists.pop()
        elif quoted is not None:
            open_lists[-1].append(_ESCAPED.sub(r"\1", quoted))
        elif plain is not None:
            open_lists[-1].append(None if plain == "NULL" else plain)
    items: list[Any] = whole[0] if whole else []
    return items
