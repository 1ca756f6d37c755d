"""What annotations make of columns: types, nullability and recipes, with and without a map."""

import datetime as dt
import decimal
import enum
import uuid
import warnings
from typing import Annotated, Any, Dict, List, Literal, NewType, Optional, Union

from sqlalchemy import JSON, BigInteger, DateTime, Enum, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from typing_extensions import TypeAliasType


class Colour(enum.Enum):
    a = 1
    bb = 2


class Number(enum.IntEnum):
    one = 1


class Word(str, enum.Enum):
    a = "x"


short = Annotated[str, 50]
key = Annotated[int, mapped_column(primary_key=True)]
maybe = Annotated[Optional[str], mapped_column(String(30))]
New = NewType("New", str)
NewOfNew = NewType("NewOfNew", New)
Alias = TypeAliasType("Alias", str)
AliasMaybe = TypeAliasType("AliasMaybe", Optional[str])
AliasWords = TypeAliasType("AliasWords", Literal["a", "b"])
AliasUnion = TypeAliasType("AliasUnion", int | str)
AliasRecipe = TypeAliasType("AliasRecipe", Annotated[str, mapped_column(String(12))])
AliasColour = TypeAliasType("AliasColour", Colour)
J = Dict[str, Any]

ANNOTATIONS = {
    "int": int,
    "str": str,
    "bool": bool,
    "float": float,
    "bytes": bytes,
    "decimal": decimal.Decimal,
    "date": dt.date,
    "time": dt.time,
    "datetime": dt.datetime,
    "uuid": uuid.UUID,
    "enum": Colour,
    "int enum": Number,
    "str enum": Word,
    "words": Literal["a", "bb"],
    "words or none": Optional[Literal["a"]],
    "numbers": Literal[1, 2],
    "number and word": Literal["a", 1],
    "short": short,
    "short or none": Optional[short],
    "key": key,
    "key or none": Optional[key],
    "maybe": maybe,
    "new": New,
    "new or none": Optional[New],
    "new of new": NewOfNew,
    "alias": Alias,
    "alias or none": Optional[Alias],
    "alias maybe": AliasMaybe,
    "alias words": AliasWords,
    "alias union": AliasUnion,
    "alias recipe": AliasRecipe,
    "alias colour": AliasColour,
    "dict": J,
    "dict or none": Optional[J],
    "builtin dict": dict[str, Any],
    "list": List[str],
    "builtin list": list[str],
    "union": Union[int, str],  # noqa: UP007 - both ways are tried
    "union of bars": int | str,
    "union or none": Union[int, str, None],  # noqa: UP007 - both ways are tried
    "int or none": Optional[int],
    "any": Any,
    "object": object,
    "complex": complex,
    "text": "Optional[str]",
    "unknown": "Unknown",
}
MAPS = {
    "no map": {},
    "short": {short: String(50)},
    "new": {New: String(9)},
    "new of new": {NewOfNew: BigInteger},
    "alias": {Alias: String(8)},
    "alias maybe": {AliasMaybe: String(6)},
    "alias words": {AliasWords: String(3)},
    "alias union": {AliasUnion: JSON},
    "str": {str: Text},
    "union": {Union[int, str]: JSON},  # noqa: UP007 - both ways are tried
    "union of bars": {int | str: JSON},
    "union or none": {Union[int, str, None]: JSON},  # noqa: UP007 - both ways are tried
    "dict": {Dict[str, Any]: JSON},
    "builtin dict": {dict[str, Any]: JSON},
    "list": {List[str]: JSON},
    "builtin list": {list[str]: JSON},
    "enums": {enum.Enum: Enum(enum.Enum, native_enum=False, length=40)},
    "named enums": {enum.Enum: Enum(enum.Enum, name="zz")},
    "literals": {Literal: Enum(enum.Enum, native_enum=False)},
    "words": {Literal["a", "bb"]: Enum("a", "bb", name="words")},
    "colour": {Colour: String(7)},
    "any": {Any: JSON},
    "object": {object: LargeBinary},
    "datetime": {dt.datetime: DateTime(timezone=True)},
    "complex": {complex: String},
}
SHOWN = ("enums", "name", "native_enum", "length", "timezone")


def column(annotation, value=None, types=None):
    """The column of a class of its own with one annotated attribute."""
    base = type("Base", (DeclarativeBase,), {"type_annotation_map": types or {}})
    namespace = {
        "__tablename__": "t",
        "__module__": __name__,
        "__annotations__": {"id": Mapped[int], "x": Mapped[annotation]},
        "id": mapped_column(primary_key=True),
    }
    if value is not None:
        namespace["x"] = value()
    return type(base)("C", (base,), namespace).__table__.c.x


def told(annotation, value=None, types=None):
    """What is to be compared of a column; an error by its name."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            made = column(annotation, value, types)
        except Exception as error:  # noqa: BLE001 - whichever it is, is the answer
            return type(error).__name__
    options = {name: getattr(made.type, name, None) for name in SHOWN}
    return [
        type(made.type).__name__,
        options,
        made.nullable,
        made.primary_key,
        made.name,
        [one.category.__name__ for one in caught],
    ]


for map_name, types in MAPS.items():
    for name, annotation in ANNOTATIONS.items():
        report(f"{name} with {map_name}", told(annotation, types=types))

COLUMNS = {
    "nullable": (int, lambda: mapped_column(nullable=True)),
    "not nullable": (Optional[int], lambda: mapped_column(nullable=False)),
    "nullable none": (int, lambda: mapped_column(nullable=None)),
    "type": (int, lambda: mapped_column(String)),
    "type of unknown": ("Unknown", lambda: mapped_column(String)),
    "type by name": (int, lambda: mapped_column(type_=BigInteger)),
    "any with type": (Any, lambda: mapped_column(String)),
    "key": (int, lambda: mapped_column(primary_key=True)),
    "key or none": (Optional[int], lambda: mapped_column(primary_key=True)),
    "key that is no null": (Optional[int], lambda: mapped_column(primary_key=True, nullable=False)),
    "other name": (int, lambda: mapped_column("other")),
    "foreign key": (int, lambda: mapped_column(ForeignKey("t.id"))),
    "recipe and type": (maybe, lambda: mapped_column(String(99))),
    "recipe and index": (maybe, lambda: mapped_column(index=True)),
    "recipe with a name": (Annotated[str, mapped_column("named", String(7))], None),
    "recipe that may be null": (Annotated[int, mapped_column(nullable=True)], None),
    "recipe that may not": (Optional[Annotated[int, mapped_column(nullable=False)]], None),
    "recipe overruled": (
        Optional[Annotated[int, mapped_column(nullable=False)]],
        lambda: mapped_column(nullable=True),
    ),
}
for name, (annotation, value) in COLUMNS.items():
    report(f"column: {name}", told(annotation, value))
