"""Writing CTEs: where one is first read from, what it is made of is put before a statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_core.compiler.ansi.columns import found_name
from toolkit_core.compiler.ansi.hints import write_phrases
from toolkit_core.compiler.ansi.source_names import plain_name
from toolkit_core.compiler.ansi.sources import write_bare_rows
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.frame import Frame, Place
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression.cte import CTE, HasCTE
from toolkit_core.expression.values import Values


@ansi(CTE)
def write_cte(w: Writer, cte: CTE) -> None:
    """Write the name of a CTE, and before the statement what it is made of."""
    name = plain_name(w, cte)
    if w.frames:
        define(w, cte, name, _level_of(w, cte), nested=cte.nesting)
    w.name(name)


def write_added_ctes(w: Writer, statement: HasCTE) -> None:
    """Put before a statement the CTEs that it has though it may not read from them."""
    for added in statement.added_ctes:
        cte = added.cte
        level = w.frames[-1] if added.nest_here else _level_of(w, cte)
        nested = added.nest_here or cte.nesting
        define(w, cte, plain_name(w, cte), level, nested=nested)


def _level_of(w: Writer, cte: CTE) -> Frame:
    """Return before which statement a CTE stands: the outermost, or the nearest."""
    if not cte.nesting:
        return w.frames[0]
    nearest = w.frames[-1]
    around = w.frames[-2] if len(w.frames) > 1 else nearest
    # A statement of a set has no place for a WITH of its own.
    return nearest if around.has_with else around


def define(w: Writer, cte: CTE, name: str, level: Frame, *, nested: bool) -> None:
    """Put what a CTE is made of before the statement of a level, once.

    One that is nested stands before each statement that reads from it, unless it stands before
    one around that.
    """
    if nested and _is_around(w, cte):
        return
    known = _called_so_here(w, name, level) if nested else w.ctes.get(name)
    if known is cte or (known is not None and any(one is cte for one in stated_before(known))):
        return
    if known is not None and not any(one is known for one in stated_before(cte)):
        raise CompileError(
            f"Multiple, unrelated CTEs found with the same name: {name!r}",
            hint="give one of them another name",
        )
    if not nested:
        w.ctes[name] = cte
    pieces = _written(w, cte, name, level)
    # One that says again, with more, what another said stands in its place.
    level.ctes[:] = [(one, its) for one, its in level.ctes if one is not known]
    level.ctes.append((cte, pieces))


def _is_around(w: Writer, cte: CTE) -> bool:
    """Tell whether a CTE stands before a statement around this place, or is being written."""
    return any(
        one is cte or any(before is cte for before in stated_before(one))
        for frame in w.frames
        for one in (frame.within, *[one for one, _ in frame.ctes])
        if one is not None
    )


def _called_so_here(w: Writer, name: str, level: Frame) -> CTE | None:
    """Return the CTE of a level that has a name."""
    return next((one for one, _ in level.ctes if plain_name(w, one) == name), None)


def stated_before(cte: CTE) -> Iterator[CTE]:
    """Yield the CTEs that one began as."""
    before = cte.restates
    while before is not None:
        yield before
        before = before.restates


def _written(w: Writer, cte: CTE, name: str, level: Frame) -> list[str]:
    """Return the pieces of a CTE: its name, its columns where they must be told, its body."""
    before, frames, place, dml, result = w.out, w.frames, w.place, w.dml, w.result
    w.out, w.dml, w.result = [], None, []
    # Its body sees nothing of the statements that read from it; but it may have CTEs, too.
    inner = Frame([], [], 0, transparent=True)
    inner.ctes = frames[0].ctes
    inner.has_with = True
    inner.within = cte
    w.frames = [inner]
    try:
        w.name(name)
        _write_columns(w, cte)
        w.text(" AS ")
        write_phrases(w, cte.prefixes)
        w.text("\n(")
        w.place = Place.SOURCE
        if isinstance(cte.element, Values):
            write_bare_rows(w, cte.element)
        else:
            w.write(cte.element)
        w.text(")")
        if cte.suffixes:
            w.text(" ")
            write_phrases(w, cte.suffixes)
        return w.out
    finally:
        w.out, w.frames, w.place, w.dml, w.result = before, frames, place, dml, result


def _write_columns(w: Writer, cte: CTE) -> None:
    if isinstance(cte.element, Values):
        w.text("(")
        w.safe(", ".join([w.style.quoted(one.name) for one in cte.element.told_columns]))
        w.text(")")
    elif cte.recursive:
        names = [
            column.name if column.name is not None else found_name(w, column.found_name)
            for column in cte.c
        ]
        w.safe(f"({', '.join([w.style.quoted(name) for name in names])})")


def write_ctes(w: Writer, frame: Frame) -> int:
    """Put the CTEs of a statement, which is written, before it; return how many pieces they are."""
    moved = 0
    if frame.ctes:
        recursive = any(cte.recursive for cte, _ in frame.ctes)
        pieces = ["WITH RECURSIVE " if recursive else "WITH "]
        for position, (_, its) in enumerate(frame.ctes):
            if position:
                pieces.append(", \n")
            pieces += its
        pieces.append("\n ")
        w.out[frame.start : frame.start] = pieces
        moved = len(pieces)
    if w.ctes and not w.frames:
        w.in_order()
    return moved


def open_level(w: Writer, sources: tuple[Any, ...], statement: HasCTE) -> Frame:
    """Begin an INSERT, UPDATE or DELETE: SELECTs in it may leave these sources to it."""
    frame = Frame(list(sources), [], len(w.out), transparent=not sources)
    w.frames.append(frame)
    w.place = Place.EXPRESSION
    write_added_ctes(w, statement)
    return frame


def close_level(w: Writer, frame: Frame) -> int:
    """End it, and return what ``write_ctes`` does."""
    w.frames.pop()
    return write_ctes(w, frame)
