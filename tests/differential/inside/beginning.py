"""What a program begins with: models that several programs share, each in a file of its own.

A program whose first line is a comment

    # begins with: shop, trees

is run after `programs/models/shop.py` and `programs/models/trees.py`, in this order and in the
same namespace: it uses, and may change, their names as if it had written them itself. A model is a
source of its own for Python, so a traceback names it and its lines, and a `from __future__` holds
for the file that says it.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from tests.differential.spelling import ORACLE, ours

MODELS = Path(__file__).parents[1] / "programs" / "models"
FIRST_LINE = re.compile(r"# begins with: *(.*)")


class UnknownModel(LookupError):
    """A program begins with what is no file in `programs/models`."""


def named(source: str) -> list[str]:
    """The models that a program begins with.

    >>> named("# begins with: shop, trees\\nreport('one', 1)")
    ['shop', 'trees']
    >>> named("report('one', 1)\\n# begins with: shop")
    []
    """
    first = FIRST_LINE.match(source)
    return [name.strip() for name in first[1].split(",")] if first else []


def model(name: str, package: str, models: Path = MODELS) -> str:
    """The source of a model, written for a library."""
    known = sorted(path.stem for path in models.glob("*.py"))
    if name not in known:
        near = get_close_matches(name, known, n=1)
        cure = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
        raise UnknownModel(f"no model is called {name!r}; {cure}")
    source = (models / f"{name}.py").read_text(encoding="utf-8")
    return source if package == ORACLE else ours(source)
