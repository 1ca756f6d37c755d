"""The text of the functions that make objects of rows: one for each shape of a statement.

All that the shape decides is settled here: which columns an entity's attributes are read from,
which of them are processed and how, which classes there are, what is joined to what.  What is
left per row is looking its key up, and for a new one making the object and its state and storing
the values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from toolkit_orm.instrument.state import STATE
from toolkit_orm.mapping.mapper_events import born

Load = Callable[[Any, Any], Any]
Attributes = Sequence[tuple[str, int]]


class Kinds:
    """Which class a row is of: by the value of a column, or by another that is joined."""

    __slots__ = ("by_value", "extras", "place", "unknown")

    def __init__(self, place: int, unknown: Callable[[Any], Any]) -> None:
        self.place = place
        # Value → class, class of states, what is not read of it, number of its own attributes.
        self.by_value: dict[Any, tuple[Any, Any, Any, int]] = {}
        self.unknown = unknown
        # The attributes that only some classes have, by the numbers above; none under zero.
        self.extras: list[Attributes] = [()]


class EntityColumns:
    """Where in a row the attributes of one entity are: its key, and the others by name."""

    __slots__ = (
        "attributes",
        "is_met",
        "joined",
        "key",
        "kinds",
        "later",
        "mapper",
        "missing",
        "number",
        "refuses",
    )

    def __init__(
        self,
        mapper: Any,
        key: tuple[int, ...],
        attributes: Attributes,
        missing: frozenset[str] | None = None,
    ) -> None:
        self.mapper = mapper
        self.key = key
        self.attributes = tuple(attributes)
        # The column attributes that the statement does not read: they are loaded when asked for.
        self.missing = missing
        self.kinds: Kinds | None = None
        # The related objects that the same row has.
        self.joined: list[Joined] = []
        # Whether something is to be done with all of them when the rows are read.
        self.is_met = False
        # Whether its objects are to remember what was said about loading.
        self.later = False
        # Whether that is about objects that the session has already, too: something is refused.
        self.refuses = False
        self.number = 0

    @property
    def mappers(self) -> Iterable[Any]:
        """The mappers of what its rows may become."""
        return (self.mapper,) if self.kinds is None else self.mapper.polymorphic_iterator()


class Joined:
    """Related objects that stand in the same rows."""

    __slots__ = ("link", "name", "only", "part")

    def __init__(self, name: str, link: Any, part: EntityColumns, only: Any = None) -> None:
        self.name = name
        self.link = link
        self.part = part
        # The subclass that has the relationship, if not all classes have.
        self.only = only


class BundleParts:
    """A bundle of a row: its parts, and the function that puts them together."""

    __slots__ = ("make", "parts")

    def __init__(self, parts: list[Part], make: Callable[[Any], Any]) -> None:
        self.parts = parts
        self.make = make


Part = Any


class Form(NamedTuple):
    """What a function that loads rows does beside: for each form there is one."""

    # Lists of the last part, in a dictionary by what is before it, in place of rows.
    grouped: bool = False
    # Somebody listens to what is loaded.
    tells: bool = False
    # Objects that are there are loaded anew.
    again: bool = False


PLAIN = Form()


def row_loader(
    parts: Sequence[Part],
    width: int,
    processors: Sequence[Callable[[Any], Any] | None],
    form: Form = PLAIN,
) -> Load:
    """Return a function that makes of raw rows what the statement selects.

    ``parts`` are what it selects, in order: entities, bundles, and the places of single columns.
    One part gives a list of its values, several a list of tuples.
    """
    text = LoaderText(width, [one is not None for one in processors], form)
    source = text.written(parts)
    scope: dict[str, Any] = {"new": object.__new__, **text.scope}
    for place, processor in enumerate(processors):
        if processor is not None:
            scope[f"p{place}"] = processor
    exec(source, scope)  # noqa: S102 - our own text: positions, and names quoted by repr
    made: Load = scope["load"]
    return made


class LoaderText:
    """The text of one function that loads rows, as it is written."""

    def __init__(self, width: int, processed: Sequence[bool], form: Form) -> None:
        self.width = width
        self.form = form
        self.processed = processed
        self.entities: list[EntityColumns] = []
        self.fills: list[tuple[EntityColumns, Joined]] = []
        self.scope: dict[str, Any] = {"born": born}
        self.bundles = 0
        # What is done with the first entity of a row only when it is another than before.
        self.when_new: list[str] = []

    def written(self, parts: Sequence[Part]) -> str:
        """Return the text."""
        values = [self._part(part) for part in parts]
        rows: list[str] = []
        grouped = self.form.grouped
        kept = _kept(values, grouped=grouped)
        if not grouped and _is_once(parts):
            # Rows that repeat an owner are made unique anyway: those beside each other at once.
            self.when_new, kept = kept, []
        for part in self.entities:
            rows += self._entity(part)
        for part, joined in self.fills:
            rows += self._attach(part, joined)
        columns = "".join(f"c{place}, " for place in range(self.width)).rstrip()
        lines = ["def load(raws, context):"]
        lines += ["    found = {}"] if grouped else ["    found = []", "    add = found.append"]
        lines += ["    home = context.home", "    gone = home.gone"]
        if self.form.again:
            lines.append("    renewed = context.renewed.add")
        for part in self.entities:
            lines += self._before(part)
        lines += [f"    fill{joined.part.number} = {{}}" for _, joined in self.fills]
        lines.append(f"    for {columns} in raws:")
        lines += ["        " + line for line in rows]
        lines += ["        " + line for line in kept]
        lines += [
            f"    context.fill(link{joined.part.number}, fill{joined.part.number})"
            for _, joined in self.fills
            if joined.link.collection_class is not None
        ]
        lines += [
            f"    context.met({part.number}, met{part.number})"
            for part in self.entities
            if part.is_met
        ]
        lines.append("    return found")
        return "\n".join(lines)

    def _part(self, part: Part) -> str:
        if isinstance(part, int):
            return self._value(part)
        if isinstance(part, BundleParts):
            name = f"bundle{self.bundles}"
            self.bundles += 1
            self.scope[name] = part.make
            return f"{name}(({''.join(self._part(one) + ', ' for one in part.parts)}))"
        self._enter(part)
        return f"one{part.number}"

    def _enter(self, part: EntityColumns) -> None:
        number = part.number = len(self.entities)
        self.entities.append(part)
        mapper = part.mapper
        self.scope.update({f"base{number}": mapper.base, f"missing{number}": part.missing})
        if part.kinds is None:
            self.scope[f"cls{number}"] = mapper.class_
            self.scope[f"State{number}"] = mapper.class_.__state_class__
        else:
            self.scope[f"kinds{number}"] = part.kinds.by_value.get
            self.scope[f"unknown{number}"] = part.kinds.unknown
        for joined in part.joined:
            self._enter(joined.part)
            self.fills.append((part, joined))
            self.scope[f"link{joined.part.number}"] = joined.link
            self.scope[f"only{joined.part.number}"] = joined.only

    def _before(self, part: EntityColumns) -> list[str]:
        number = part.number
        lines = [f"    known{number} = context.known(base{number})"]
        lines.append(f"    get{number} = known{number}.get")
        if part.later:
            lines.append(f"    later{number} = context.later({number})")
        if part.is_met:
            lines.append(f"    met{number} = {{}}")
        if part.joined:
            lines.append(f"    last{number} = None")
        return lines

    def _value(self, place: int) -> str:
        return f"p{place}(c{place})" if self.processed[place] else f"c{place}"

    # -- one entity of a row --------------------------------------------------------------

    def _entity(self, part: EntityColumns) -> list[str]:
        number = part.number
        lines = [f"c{place} = p{place}(c{place})" for place in part.key if self.processed[place]]
        key = f"c{part.key[0]}"
        if len(part.key) > 1:
            lines.append(f"key{number} = ({', '.join(f'c{place}' for place in part.key)})")
            key = f"key{number}"
        elif part.joined or part.is_met or self._is_filled(part):
            lines.append(f"key{number} = {key}")
        joint = " and " if part.mapper.allow_partial_pks else " or "
        empty = joint.join(f"c{place} is None" for place in part.key)
        inner = [
            f"state = get{number}({key})",
            f"one{number} = None if state is None else state()",
            f"if one{number} is None:",
            *["    " + line for line in self._new(part, key)],
            "else:" if self.form.again else "elif state.stale is not None:",
            *["    " + line for line in self._again(part)],
        ]
        if part.refuses and not self.form.again:
            inner += ["else:", f"    context.retell(state, later{number})"]
        if part.is_met:
            inner.append(f"met{number}[{key}] = one{number}")
        collections = [joined for joined in part.joined if joined.link.collection_class is not None]
        nobody = [f"one{number} = None", *[f"into{one.part.number} = None" for one in collections]]
        for joined in collections:
            inner += self._into(part, joined)
        found = [f"if {empty}:", *["    " + line for line in nobody], "else:"]
        found += ["    " + line for line in inner]
        if not collections or len(part.key) > 1:
            return [*lines, *found]
        # Rows of one owner mostly follow each other: what is known of it is known.
        again = [f"if {key} is None or {key} != last{number}:", f"    last{number} = {key}"]
        if number == 0:
            found += self.when_new
        return [*lines, *again, *["    " + line for line in found]]

    def _into(self, part: EntityColumns, joined: Joined) -> list[str]:
        """Return the lines that find where the related objects of one owner are gathered."""
        near, far, name = part.number, joined.part.number, joined.name
        wants = "True" if self.form.again else f"{name!r} not in one{near}.__dict__"
        if joined.only is not None:
            wants = f"isinstance(one{near}, only{far}) and ({wants})"
        return [
            f"into{far} = fill{far}.get(key{near})",
            f"if into{far} is None:",
            f"    into{far} = fill{far}[key{near}] = (one{near}, {{}}) if {wants} else ()",
            f"into{far} = into{far}[1] if into{far} else None",
        ]

    def _is_filled(self, part: EntityColumns) -> bool:
        return any(joined.part is part for _, joined in self.fills)

    def _pairs(self, part: EntityColumns, attributes: Attributes) -> list[tuple[str, str]]:
        return [
            (name, f"c{place}" if place in part.key else self._value(place))
            for name, place in attributes
        ]

    def _new(self, part: EntityColumns, key: str) -> list[str]:
        number, kinds = part.number, part.kinds
        cls, state_class = f"cls{number}", f"State{number}"
        lines: list[str] = []
        if kinds is not None:
            value = self._value(kinds.place) if kinds.place not in part.key else f"c{kinds.place}"
            lines.append(
                f"cls, State, missing, extra = kinds{number}({value}) or unknown{number}({value})"
            )
            cls, state_class = "cls", "State"
        lines += [
            f"one{number} = new({cls})",
            f"state = known{number}[{key}] = {state_class}(one{number}, gone)",
            "state.home = home",
            f"state.pk = {key}",
            f"values = one{number}.__dict__",
            *[f"values[{name!r}] = {value}" for name, value in self._pairs(part, part.attributes)],
        ]
        if kinds is not None:
            lines += self._extras(part, kinds)
            lines += ["if missing is not None:", "    state.stale = missing"]
        elif part.missing:
            lines.append(f"state.stale = missing{number}")
        if part.later:
            lines.append(f"state.load_options = later{number}")
        lines.append(f"values[{STATE!r}] = state")
        if self.form.again:
            lines.append("renewed(state)")
        if self.form.tells or any(one.reconstructor is not None for one in part.mappers):
            lines.append(f"born(one{number}, context)")
        return lines

    def _extras(self, part: EntityColumns, kinds: Kinds) -> list[str]:
        lines: list[str] = []
        for index, extra in enumerate(kinds.extras):
            if extra:
                lines.append(f"{'elif' if lines else 'if'} extra == {index}:")
                lines += [
                    f"    values[{name!r}] = {value}" for name, value in self._pairs(part, extra)
                ]
        return lines

    def _again(self, part: EntityColumns) -> list[str]:
        number, kinds = part.number, part.kinds
        told = ", ".join(f"{name!r}: {value}" for name, value in self._pairs(part, part.attributes))
        lines = [f"values = {{{told}}}"]
        if kinds is not None and any(kinds.extras):
            value = self._value(kinds.place)
            lines.append(f"*_, extra = kinds{number}({value}) or unknown{number}({value})")
            lines += self._extras(part, kinds)
        later = f"later{number}" if part.later else "None"
        lines.append(f"context.refresh(state, one{number}, values, {later})")
        if part.refuses and not self.form.again:
            lines.append(f"context.retell(state, {later})")
        return lines

    # -- what is related ------------------------------------------------------------------

    def _attach(self, part: EntityColumns, joined: Joined) -> list[str]:
        near, far = part.number, joined.part.number
        name = joined.name
        of_it = f"one{near} is not None"
        if joined.only is not None:
            of_it = f"isinstance(one{near}, only{far})"
        if joined.link.collection_class is None:
            if self.form.again:
                return [f"if {of_it}:", f"    one{near}.__dict__[{name!r}] = one{far}"]
            return [
                f"if {of_it}:",
                f"    values = one{near}.__dict__",
                f"    if {name!r} not in values:",
                f"        values[{name!r}] = one{far}",
            ]
        return [
            f"if into{far} is not None and one{far} is not None:",
            f"    into{far}[key{far}] = one{far}",
        ]


def _kept(values: list[str], *, grouped: bool) -> list[str]:
    """Return the lines that keep what a row is."""
    if not grouped:
        return [f"add({_together(values)})"]
    return [
        f"owner = {_together(values[:-1])}",
        "into = found.get(owner)",
        "if into is None:",
        "    into = found[owner] = []",
        f"into.append({values[-1]})",
    ]


def _together(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"({', '.join(values)})"


def _is_once(parts: Sequence[Part]) -> bool:
    """Tell whether rows are one entity, looked up only when it is another than before."""
    first = parts[0]
    return (
        len(parts) == 1
        and isinstance(first, EntityColumns)
        and len(first.key) == 1
        and any(one.link.collection_class is not None for one in first.joined)
    )
