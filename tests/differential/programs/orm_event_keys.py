"""What listeners to collections are told with ``include_key``."""

import warnings

from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import (
    NO_KEY,
    DeclarativeBase,
    Mapped,
    attribute_keyed_dict,
    mapped_column,
    relationship,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    row: Mapped[list["C"]] = relationship(foreign_keys="C.p1", back_populates="p")
    heap: Mapped[set["C"]] = relationship(foreign_keys="C.p2")
    named: Mapped[dict[str, "C"]] = relationship(
        foreign_keys="C.p3", collection_class=attribute_keyed_dict("k"), back_populates="q"
    )


class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[str | None]
    p1: Mapped[int | None] = mapped_column(ForeignKey("p.id"))
    p2: Mapped[int | None] = mapped_column(ForeignKey("p.id"))
    p3: Mapped[int | None] = mapped_column(ForeignKey("p.id"))
    p: Mapped[P | None] = relationship(foreign_keys=p1, back_populates="row")
    q: Mapped[P | None] = relationship(foreign_keys=p3, back_populates="named")


told = []


def listen(attribute, name, **options):
    def heard(target, value, *more, **keys):
        values = [one.k for one in value] if isinstance(value, list) else getattr(value, "k", value)
        shown = {word: "NO_KEY" if at is NO_KEY else at for word, at in keys.items()}
        told.append((attribute.key, name, values, shown))
        return value

    event.listen(attribute, name, heard, include_key=True, **options)


for attribute in (P.row, P.heap, P.named):
    for name in ("append", "remove", "bulk_replace"):
        listen(attribute, name)
listen(P.named, "append", retval=True)
listen(P.x, "set")
listen(C.p, "set")
one = P()
c = [C(k=f"k{number}") for number in range(14)]


def step(name, function):
    told.clear()
    function()
    report(name, list(told))


def put(collection, key, item):
    collection[key] = item


def take(collection, key):
    del collection[key]


step("scalar", lambda: setattr(one, "x", 5))
step("append", lambda: one.row.append(c[0]))
step("insert", lambda: one.row.insert(0, c[1]))
step("extend", lambda: one.row.extend([c[2], c[3]]))
step("set item", lambda: put(one.row, 1, c[4]))
step("set slice", lambda: put(one.row, slice(0, 2), [c[5], c[6]]))
step("delete item", lambda: take(one.row, 0))
step("delete slice", lambda: take(one.row, slice(0, 1)))
step("pop", lambda: one.row.pop())
step("pop first", lambda: one.row.pop(0))
step("replace list", lambda: setattr(one, "row", [c[8], c[9]]))
step("remove", lambda: one.row.remove(c[9]))
step("other side", lambda: setattr(c[2], "p", one))
step("add", lambda: one.heap.add(c[0]))
step("update set", lambda: one.heap.update([c[1]]))
step("discard", lambda: one.heap.discard(c[1]))
step("replace set", lambda: setattr(one, "heap", {c[3]}))
step("set key", lambda: put(one.named, "k0", c[0]))
step("set key again", lambda: put(one.named, "k0", c[0]))
step("set by itself", lambda: one.named.set(c[2]))
step("setdefault", lambda: one.named.setdefault("k3", c[3]))
step("update dict", lambda: one.named.update({"k4": c[4]}))
step("pop key", lambda: one.named.pop("k4"))
step("delete key", lambda: take(one.named, "k3"))
step("replace dict", lambda: setattr(one, "named", {"k6": c[6], "k7": c[7]}))
step("remove of dict", lambda: one.named.remove(c[7]))
step("clear dict", lambda: one.named.clear())
step("other side of dict", lambda: setattr(c[8], "q", one))
