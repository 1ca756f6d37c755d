"""Types by the names that PostgreSQL writes.

https://www.postgresql.org/docs/current/datatype.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import toolkit_postgresql.types as own
from toolkit_core.dialect import warn
from toolkit_core.dialect.standard_types import (
    ARRAY,
    BIGINT,
    BOOLEAN,
    CHAR,
    DATE,
    DOUBLE_PRECISION,
    INTEGER,
    NULLTYPE,
    NUMERIC,
    REAL,
    SMALLINT,
    TEXT,
    UUID,
    VARCHAR,
    Enum,
    String,
    TypeEngine,
)
from toolkit_postgresql.inspector.named_types import ReflectedDomain, ReflectedEnum

# Types of the standard, which take the numbers in their parentheses.
_STANDARD: dict[str, Callable[..., TypeEngine[Any]]] = {
    "bigint": BIGINT,
    "boolean": BOOLEAN,
    "character": CHAR,
    "character varying": VARCHAR,
    "date": DATE,
    "integer": INTEGER,
    "numeric": NUMERIC,
    "real": REAL,
    "smallint": SMALLINT,
    "text": TEXT,
    "uuid": UUID,
    "name": String,
    '"char"': String,
    "double precision": lambda: DOUBLE_PRECISION(53),
}
_COLLATED = ("character", "character varying", "text", "name")
_OWN = frozenset(
    (
        *("bit", "bytea", "cidr", "citext", "datemultirange", "daterange", "hstore", "inet"),
        *("int4multirange", "int4range", "int8multirange", "int8range", "json", "jsonb"),
        *("jsonpath", "macaddr", "macaddr8", "money", "nummultirange", "numrange", "oid"),
        *("regclass", "regconfig", "tsmultirange", "tsquery", "tsrange", "tstzmultirange"),
        *("tstzrange", "tsvector"),
    )
)

_FORM = re.compile(
    r"(?P<name>[^(\[]+?)\s*(?:\((?P<arguments>[^)]*)\))?(?P<zone> with(?:out)? time zone)?"
)


class TypeReader:
    """Turns the name of a type into a type, and knows the enums and domains there are."""

    def __init__(
        self, enums: Mapping[str, ReflectedEnum], domains: Mapping[str, ReflectedDomain]
    ) -> None:
        self.enums = enums
        self.domains = domains

    def read(self, spelled: str, collation: str | None, column: str) -> TypeEngine[Any]:
        """Return the type of a column; one that nobody knows is none, which is warned about."""
        if spelled.endswith("[]"):
            item = self.read(spelled[: spelled.index("[]")], collation, column)
            return ARRAY_TYPE(item)
        if spelled in self.enums:
            return _enum(self.enums[spelled])
        if spelled in self.domains:
            return self._domain(self.domains[spelled], column)
        found = built_in(spelled, collation)
        if found is None:
            warn(f"Did not recognize type '{spelled}' of column '{column}'")
            return NULLTYPE
        return found

    def _domain(self, domain: ReflectedDomain, column: str) -> TypeEngine[Any]:
        base = self.read(domain["type"], domain["collation"], column)
        made = getattr(own, "DOMAIN", None)
        if made is None:
            return base
        checks = domain["constraints"]
        first = checks[0] if checks else None
        found: TypeEngine[Any] = made(
            domain["name"],
            base,
            schema=None if domain["visible"] else domain["schema"],
            collation=domain["collation"],
            default=domain["default"],
            not_null=not domain["nullable"],
            constraint_name=first["name"] if first else None,
            check=first["check"] if first else None,
            create_type=False,
        )
        return found


# PostgreSQL's own, where there is one, stands in for the standard's.
ARRAY_TYPE: Callable[..., TypeEngine[Any]] = getattr(own, "ARRAY", ARRAY)
ENUM_TYPE: Callable[..., TypeEngine[Any]] = getattr(own, "ENUM", Enum)


def _enum(said: ReflectedEnum) -> TypeEngine[Any]:
    schema = None if said["visible"] else said["schema"]
    return ENUM_TYPE(*said["labels"], name=said["name"], schema=schema)


@cache
def built_in(spelled: str, collation: str | None) -> TypeEngine[Any] | None:
    """Return a type that every server has; None if the name is not one of them.

    >>> built_in("character varying(30)", None), built_in("no such type", None)
    (VARCHAR(length=30), None)
    """
    form = _FORM.fullmatch(spelled)
    if form is None:
        return None
    name = form["name"]
    given = [int(one) for one in (form["arguments"] or "").split(",") if one.strip().isdigit()]
    if name in _STANDARD:
        words: dict[str, Any] = {}
        if collation is not None and name in _COLLATED:
            words["collation"] = collation
        return _STANDARD[name](*given, **words)
    return _special(name, given, form["zone"] or "")


def _special(name: str, given: list[int], zone: str) -> TypeEngine[Any] | None:
    precision = given[0] if given else None
    if name in ("timestamp", "time"):
        return _made(name.upper(), timezone=zone == " with time zone", precision=precision)
    if name.startswith("interval"):
        fields = name.removeprefix("interval").strip() or None
        return _made("INTERVAL", fields=fields, precision=precision)
    if name in ("bit", "bit varying"):
        if name == "bit" and precision is None:
            precision = 1
        return _made("BIT", length=precision, varying=name == "bit varying")
    if name in _OWN:
        return _made(name.upper())
    return None


def _made(name: str, **words: Any) -> TypeEngine[Any] | None:
    made = getattr(own, name, None)
    return None if made is None else made(**words)
