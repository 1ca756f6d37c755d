"""Every method of every kind of collection: events, history, the other side, orphans, rows."""

import warnings
from typing import Optional

from sqlalchemy import ForeignKey, String, create_engine, event, insert, inspect, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    attribute_keyed_dict,
    mapped_column,
    relationship,
)

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")


class Base(DeclarativeBase):
    pass


def family(kind, cascade, both):
    """Make a parent with one collection, and its children."""
    tag = f"{kind}_{'orphan' if 'orphan' in cascade else 'plain'}_{'both' if both else 'one'}"
    classes = {
        "list": list,
        "set": set,
        "dict": attribute_keyed_dict("name"),
    }
    body = {
        "__tablename__": f"p_{tag}",
        "id": mapped_column(primary_key=True),
        "__annotations__": {"id": Mapped[int]},
        "kids": relationship(
            f"C_{tag}",
            collection_class=classes[kind],
            cascade=cascade,
            order_by=f"C_{tag}.id",
            **({"back_populates": "parent"} if both else {}),
        ),
        "__repr__": lambda self: f"P{self.__dict__.get('id')}",
    }
    parent = type(f"P_{tag}", (Base,), body)
    body = {
        "__tablename__": f"c_{tag}",
        "id": mapped_column(primary_key=True),
        "name": mapped_column(String(10)),
        "pid": mapped_column(ForeignKey(f"p_{tag}.id")),
        "__annotations__": {"id": Mapped[int], "name": Mapped[str], "pid": Mapped[Optional[int]]},
        "__repr__": lambda self: str(self.__dict__.get("name", "?")),
    }
    if both:
        body["parent"] = relationship(parent, back_populates="kids")
    child = type(f"C_{tag}", (Base,), body)
    return tag, parent, child


FAMILIES = {
    kind: [
        family(kind, "save-update, merge", True),
        family(kind, "save-update, merge", False),
        family(kind, "all, delete-orphan", True),
    ]
    for kind in ("list", "set", "dict")
}
Base.metadata.create_all(engine)
LOG = []
BAD = ("append None", "append wrong", "add None", "add wrong", "set None", "set wrong")
BAD += ("setdefault None", "whole wrong", "remove absent")


def names(items):
    if isinstance(items, dict):
        return {key: repr(one) for key, one in items.items()}
    if isinstance(items, (set, frozenset)):
        return sorted(repr(one) for one in items)
    return [repr(one) for one in items]


def listen(parent, child):
    def append(target, value, initiator):
        LOG.append(f"append {value!r} to {target!r}")

    def remove(target, value, initiator):
        LOG.append(f"remove {value!r} from {target!r}")

    def was_set(target, value, old, initiator):
        LOG.append(f"set {target!r} to {value!r}")

    event.listen(parent.kids, "append", append)
    event.listen(parent.kids, "remove", remove)
    if hasattr(child, "parent"):
        event.listen(child.parent, "set", was_set)


for many in FAMILIES.values():
    for _, parent, child in many:
        listen(parent, child)

LIST = {
    "append": lambda c, n, s: c.append(n[0]),
    "append again": lambda c, n, s: c.append(c[0]),
    "append None": lambda c, n, s: c.append(None),
    "append wrong": lambda c, n, s: c.append("text"),
    "insert 0": lambda c, n, s: c.insert(0, n[0]),
    "insert -1": lambda c, n, s: c.insert(-1, n[0]),
    "insert far": lambda c, n, s: c.insert(99, n[0]),
    "extend": lambda c, n, s: c.extend(n),
    "extend itself": lambda c, n, s: c.extend(c),
    "extend generator": lambda c, n, s: c.extend(one for one in n),
    "iadd": lambda c, n, s: c.__iadd__(n) is c,
    "imul 2": lambda c, n, s: c.__imul__(2),
    "add": lambda c, n, s: type(c + n).__name__,
    "mul": lambda c, n, s: type(c * 2).__name__,
    "remove": lambda c, n, s: c.remove(c[1]),
    "remove absent": lambda c, n, s: c.remove(n[0]),
    "pop": lambda c, n, s: repr(c.pop()),
    "pop 0": lambda c, n, s: repr(c.pop(0)),
    "pop far": lambda c, n, s: repr(c.pop(99)),
    "pop -1": lambda c, n, s: repr(c.pop(-1)),
    "clear": lambda c, n, s: c.clear(),
    "reverse": lambda c, n, s: c.reverse(),
    "sort": lambda c, n, s: c.sort(key=lambda one: one.name, reverse=True),
    "set item": lambda c, n, s: c.__setitem__(1, n[0]),
    "set same item": lambda c, n, s: c.__setitem__(1, c[1]),
    "set other item": lambda c, n, s: c.__setitem__(1, c[0]),
    "set item far": lambda c, n, s: c.__setitem__(9, n[0]),
    "set item -1": lambda c, n, s: c.__setitem__(-1, n[0]),
    "set slice": lambda c, n, s: c.__setitem__(slice(0, 2), n),
    "set slice fewer": lambda c, n, s: c.__setitem__(slice(0, 3), n[:1]),
    "set slice more": lambda c, n, s: c.__setitem__(slice(1, 2), n),
    "set slice empty": lambda c, n, s: c.__setitem__(slice(0, 2), []),
    "set slice at": lambda c, n, s: c.__setitem__(slice(1, 1), n),
    "set slice kept": lambda c, n, s: c.__setitem__(slice(0, 2), [c[1], n[0]]),
    "set slice all": lambda c, n, s: c.__setitem__(slice(None), n),
    "set slice swap": lambda c, n, s: c.__setitem__(slice(None), list(reversed(c))),
    "set slice negative": lambda c, n, s: c.__setitem__(slice(-2, None), n),
    "set step": lambda c, n, s: c.__setitem__(slice(0, 3, 2), n[:2]),
    "set step wrong": lambda c, n, s: c.__setitem__(slice(0, 3, 2), n[:1]),
    "set itself": lambda c, n, s: c.__setitem__(slice(None), c),
    "del item": lambda c, n, s: c.__delitem__(0),
    "del item far": lambda c, n, s: c.__delitem__(9),
    "del slice": lambda c, n, s: c.__delitem__(slice(0, 2)),
    "del step": lambda c, n, s: c.__delitem__(slice(0, 3, 2)),
    "del all": lambda c, n, s: c.__delitem__(slice(None)),
    "copy": lambda c, n, s: (type(c.copy()).__name__, names(c.copy())),
    "read slice": lambda c, n, s: type(c[0:2]).__name__,
    "index count": lambda c, n, s: (c.index(c[1]), c.count(c[1]), len(c), n[0] in c),
}
SET = {
    "add": lambda c, n, s: c.add(n[0]),
    "add again": lambda c, n, s: c.add(s[0]),
    "add None": lambda c, n, s: c.add(None),
    "add wrong": lambda c, n, s: c.add("text"),
    "discard": lambda c, n, s: c.discard(s[0]),
    "discard absent": lambda c, n, s: c.discard(n[0]),
    "remove": lambda c, n, s: c.remove(s[0]),
    "remove absent": lambda c, n, s: c.remove(n[0]),
    "pop": lambda c, n, s: [c.discard(one) for one in s[1:]] and repr(c.pop()),
    "pop empty": lambda c, n, s: (c.clear(), c.pop()),
    "clear": lambda c, n, s: c.clear(),
    "update": lambda c, n, s: c.update([n[0]]),
    "difference_update": lambda c, n, s: c.difference_update([s[0], n[0]]),
    "intersection_update": lambda c, n, s: c.intersection_update([*s[:2], n[0]]),
    "symmetric_difference_update": lambda c, n, s: c.symmetric_difference_update([s[0], n[0]]),
    "ior": lambda c, n, s: c.__ior__({n[0]}) is c,
    "isub": lambda c, n, s: c.__isub__({s[0]}) is c,
    "iand": lambda c, n, s: c.__iand__(set(s[:2])) is c,
    "ixor": lambda c, n, s: c.__ixor__({s[0], n[0]}) is c,
    "ior list": lambda c, n, s: c.__ior__([n[0]]) is NotImplemented,
    "isub list": lambda c, n, s: c.__isub__([s[0]]) is NotImplemented,
    "iand list": lambda c, n, s: c.__iand__(s[:2]) is NotImplemented,
    "ixor list": lambda c, n, s: c.__ixor__([s[0]]) is NotImplemented,
    "or": lambda c, n, s: (type(c | {n[0]}).__name__, names(c | {n[0]})),
    "and": lambda c, n, s: names(c & {s[0]}),
    "sub": lambda c, n, s: names(c - {s[0]}),
    "copy": lambda c, n, s: (type(c.copy()).__name__, names(c.copy())),
}
DICT = {
    "set item": lambda c, n, s: c.__setitem__(n[0].name, n[0]),
    "set same": lambda c, n, s: c.__setitem__("a", c["a"]),
    "set over": lambda c, n, s: c.__setitem__("a", n[0]),
    "set wrong key": lambda c, n, s: c.__setitem__("zz", n[0]),
    "set None": lambda c, n, s: c.__setitem__("x", None),
    "set wrong": lambda c, n, s: c.__setitem__("x", "text"),
    "del": lambda c, n, s: c.__delitem__("a"),
    "del absent": lambda c, n, s: c.__delitem__("q"),
    "pop": lambda c, n, s: repr(c.pop("a")),
    "pop default": lambda c, n, s: repr(c.pop("q", None)),
    "pop default there": lambda c, n, s: repr(c.pop("a", None)),
    "pop absent": lambda c, n, s: repr(c.pop("q")),
    "popitem": lambda c, n, s: [c.pop("a"), c.pop("b")] and repr(c.popitem()),
    "clear": lambda c, n, s: c.clear(),
    "setdefault": lambda c, n, s: repr(c.setdefault(n[0].name, n[0])),
    "setdefault there": lambda c, n, s: repr(c.setdefault("a", n[0])),
    "setdefault None": lambda c, n, s: repr(c.setdefault("q")),
    "update": lambda c, n, s: c.update({n[0].name: n[0]}),
    "update over": lambda c, n, s: c.update({"a": n[0], n[1].name: n[1]}),
    "update pairs": lambda c, n, s: c.update([(n[0].name, n[0])]),
    "update words": lambda c, n, s: c.update(**{n[0].name: n[0]}),
    "update nothing": lambda c, n, s: c.update(),
    "copy": lambda c, n, s: names(c.copy()),
    "set()": lambda c, n, s: c.set(n[0]),
    "remove()": lambda c, n, s: c.remove(s[0]),
    "remove() absent": lambda c, n, s: c.remove(n[0]),
    "read": lambda c, n, s: (repr(c["a"]), "a" in c, len(c), sorted(c)),
}
WHOLE = {
    "list": {
        "whole": lambda p, n, s: setattr(p, "kids", n),
        "whole kept": lambda p, n, s: setattr(p, "kids", [s[2], n[0], s[0]]),
        "whole twice": lambda p, n, s: setattr(p, "kids", [s[2], n[0], s[2], n[0]]),
        "whole empty": lambda p, n, s: setattr(p, "kids", []),
        "whole itself": lambda p, n, s: setattr(p, "kids", p.kids),
        "whole same": lambda p, n, s: setattr(p, "kids", list(p.kids)),
        "whole None": lambda p, n, s: setattr(p, "kids", None),
        "whole set": lambda p, n, s: setattr(p, "kids", {n[0]}),
        "whole tuple": lambda p, n, s: setattr(p, "kids", (n[0],)),
        "whole dict": lambda p, n, s: setattr(p, "kids", {1: n[0]}),
        "whole generator": lambda p, n, s: setattr(p, "kids", (one for one in n)),
        "whole object": lambda p, n, s: setattr(p, "kids", n[0]),
        "whole text": lambda p, n, s: setattr(p, "kids", "text"),
        "whole wrong": lambda p, n, s: setattr(p, "kids", ["text"]),
        "delete attribute": lambda p, n, s: delattr(p, "kids"),
        "iadd attribute": lambda p, n, s: exec("p.kids += n[:1]", {"p": p, "n": n}),
    },
    "set": {
        "whole": lambda p, n, s: setattr(p, "kids", {n[0]}),
        "whole kept": lambda p, n, s: setattr(p, "kids", {s[1]}),
        "whole list": lambda p, n, s: setattr(p, "kids", n[:1]),
        "whole None": lambda p, n, s: setattr(p, "kids", None),
        "whole dict": lambda p, n, s: setattr(p, "kids", {1: n[0]}),
        "delete attribute": lambda p, n, s: delattr(p, "kids"),
        "ior attribute": lambda p, n, s: exec("p.kids |= {n[0]}", {"p": p, "n": n}),
    },
    "dict": {
        "whole": lambda p, n, s: setattr(p, "kids", {n[0].name: n[0]}),
        "whole kept": lambda p, n, s: setattr(p, "kids", {"b": s[1], n[0].name: n[0]}),
        "whole wrong key": lambda p, n, s: setattr(p, "kids", {"wrong": n[0]}),
        "whole list": lambda p, n, s: setattr(p, "kids", n[:1]),
        "whole None": lambda p, n, s: setattr(p, "kids", None),
        "whole empty": lambda p, n, s: setattr(p, "kids", {}),
        "delete attribute": lambda p, n, s: delattr(p, "kids"),
    },
}


def history(one, key):
    found = getattr(inspect(one).attrs, key).history
    return [
        None if part is None else sorted(repr(item) for item in part)
        for part in (found.added, found.unchanged, found.deleted)
    ]


def told(error):
    return type(error).__name__


def start(session, parent, child, how):
    """Return a parent with three children, loaded, or new in the session, or in none."""
    made = [child(id=n + 1, name=name) for n, name in enumerate("abc")]
    if how == "loaded":
        table, below = parent.__table__, child.__table__
        session.execute(insert(table), [{"id": 1}, {"id": 2}])
        session.execute(
            insert(below),
            [{"id": n + 1, "name": name, "pid": 1} for n, name in enumerate("abc")]
            + [{"id": 9, "name": "z", "pid": 2}],
        )
        one = session.get(parent, 1)
        list(one.kids)
        made = list(session.scalars(select(child).where(child.pid == 1).order_by(child.id)))
    else:
        one = parent(id=1)
        kind = type(one.kids)
        one.kids = (
            {item.name: item for item in made}
            if issubclass(kind, dict)
            else set(made)
            if issubclass(kind, set)
            else made
        )
        if how == "pending":
            session.add(one)
    return one, made


def run(kind, where, name, step, how, whole):
    tag, parent, child = where
    with Session(engine, autoflush=False) as session:
        one, made = start(session, parent, child, how)
        new = [child(id=n + 11, name=name) for n, name in enumerate("xyw")]
        LOG.clear()
        sent()
        found = {}
        try:
            found["returns"] = step(one if whole else one.kids, new, made)
        except Exception as error:  # noqa: BLE001 - its class is reported
            found["error"] = told(error)
        # Each once: what is taken out of a collection that is replaced is told of twice there.
        log = list(dict.fromkeys(LOG))
        found["log"] = sorted(log) if kind == "set" else log
        found["type"] = type(one.kids).__name__ if kind != "dict" else isinstance(one.kids, dict)
        found["now"] = names(one.kids) if one.kids is not None else None
        try:
            found["history"] = history(one, "kids")
        except Exception as error:  # noqa: BLE001 - its class is reported
            found["history"] = told(error)
        for item in [*made, *new]:
            seen = inspect(item)
            found[item.name] = (
                repr(item.__dict__.get("parent", "-")),
                history(item, "parent") if hasattr(child, "parent") else None,
                [w for w in ("transient", "pending", "persistent") if getattr(seen, w)],
                item in session.dirty,
            )
        found["statements"] = len(sent())
        if how != "alone":
            try:
                session.flush()
            except Exception as error:  # noqa: BLE001 - its class is reported
                found["flush"] = told(error)
            else:
                found["rows"] = session.execute(
                    select(child.__table__.c["id", "name", "pid"]).order_by(child.id)
                ).all()
                found["deleted"] = sorted(
                    item.name for item in [*made, *new] if inspect(item).deleted
                )
        refused = "error" in found or "flush" in found
        if name == "delete attribute":
            del found["history"]
        if name in BAD and (refused or how == "alone"):
            # Refused at once, or by the flush.
            found = "refused"
        report(f"{tag} {how} {'p.' if whole else ''}{name}", found)


for KIND in FAMILIES:
    differs(
        f"{KIND}_plain_one loaded p.delete attribute",
        why="the children lose their parent, as the collection says",
    )
for KIND, METHODS in (("list", LIST), ("set", SET), ("dict", DICT)):
    for WHERE in FAMILIES[KIND]:
        for HOW in ("loaded", "pending", "alone"):
            for STEP, method in METHODS.items():
                run(KIND, WHERE, STEP, method, HOW, False)
            for STEP, method in WHOLE[KIND].items():
                run(KIND, WHERE, STEP, method, HOW, True)
