"""What holds for every class of nodes there is: a rule or a refusal, a key that misses nothing."""

from __future__ import annotations

import pickle
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import toolkit_core
from tests.core.expression.test_all_nodes import EVERYTHING as EXPRESSIONS
from tests.core.expression.test_all_nodes import other_value
from tests.core.expression.test_tstring import Interpolation
from toolkit import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    column,
    delete,
    except_,
    exists,
    func,
    insert,
    lambda_stmt,
    lateral,
    literal,
    literal_column,
    select,
    table,
    tablesample,
    text,
    tstring,
    union,
    update,
    values,
)
from toolkit.dialects import sqlite as sqlite_dialect
from toolkit_core.compiler.ansi import ansi
from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.commands import call, lock_table, truncate
from toolkit_core.expression.conflict import excluded, upsert
from toolkit_core.expression.dml import DML
from toolkit_core.expression.from_dml import from_dml_column
from toolkit_core.expression.functions import FunctionElement
from toolkit_core.expression.merge import Merge, merge
from toolkit_core.expression.node import Node
from toolkit_core.expression.source_column import SourceColumn
from toolkit_core.lower.compound_parts import PartInParentheses
from toolkit_core.lower.named_rows import NamedRows
from toolkit_core.lower.row_limits import Limits
from toolkit_sqlite.compiler import sqlite

for module in pkgutil.walk_packages(toolkit_core.__path__, "toolkit_core."):
    import_module(module.name)

SQLITE_DIALECT = sqlite_dialect.dialect()
PERSON = Table(
    "person", MetaData(), Column("id", Integer, primary_key=True), Column("name", String)
)
PET = Table("pet", PERSON.metadata, Column("owner", ForeignKey("person.id")))
LIGHT = table("light", column("id", Integer))
SUB = select(PERSON.c.id).subquery("s")
TREE = select(literal(1).label("n")).cte("tree", recursive=True)
ROWS = values(column("a", Integer), name="v").data([(1,), (2,)])

# With all that they are made of, at least one of every class.
STATEMENTS: tuple[Node, ...] = (
    select(PERSON.c.id, PET).join(PET).where(PERSON.c.id == 5).order_by("id").limit(3).offset(1),
    select(PERSON.c.id).prefix_with("X").suffix_with("Y").with_hint(PERSON, "Z"),
    select(PERSON.c.id).with_statement_hint("Z").with_for_update(of=PERSON, nowait=True),
    select(PERSON.c.id).group_by(PERSON.c.id).having(func.count() > 1).distinct(),
    select(PERSON.c.id).fetch(5, with_ties=True).correlate(PET),
    select(PERSON.c.id).select_from(PERSON.join(PET)),
    select(SUB.c.id, PERSON.alias("p").c.id),
    select(TREE.union_all(select(TREE.c.n + 1).where(TREE.c.n < 5))),
    select(PERSON.c.id).add_cte(select(PET).cte("c")),
    select(LIGHT.c.id),
    select(lateral(select(PERSON.c.id), "l").c.id),
    select(tablesample(PERSON, func.bernoulli(5), "t", seed=3).c.id),
    select(func.f(1).table_valued("a").c.a, func.f(1).column_valued("b")),
    select(func.f(1).scalar_table_valued("a")),
    select(ROWS.c.a, ROWS.scalar_values()),
    select(exists(PERSON.c.id), select(PERSON.c.id).scalar_subquery()),
    union(select(PERSON.c.id), select(PET.c.owner)).order_by("id").limit(1),
    except_(select(PERSON.c.id).limit(1), select(PET.c.owner)),
    text("select :x").columns(x=Integer),
    lambda_stmt(lambda: select(PERSON.c.id)),
    tstring(["select ", Interpolation(5)]),
    insert(PERSON).values(id=1, name=func.lower("A")).returning(PERSON.c.id),
    insert(PERSON).from_select(["id"], select(PET.c.owner)),
    insert(PERSON).values([{"id": 1}, {"id": 2}]),
    update(PERSON).values(name="x").where(PERSON.c.id == 1),
    update(PERSON).from_rows([{"id": 1, "name": "a"}]),
    update(PERSON).values(name="x").returning(from_dml_column(PERSON.c.name)),
    delete(PERSON).where(PERSON.c.id == 1),
    delete(PERSON).from_rows([{"id": 1}]),
    sqlite_dialect.insert(PERSON)
    .values(id=1)
    .on_conflict_do_update(index_elements=["id"], set_={"name": excluded.name}),
    upsert(PERSON).values(id=1, name="x"),
    merge(PERSON, PET, PERSON.c.id == PET.c.owner)
    .when_matched_update(name="x")
    .when_not_matched_insert(id=PET.c.owner),
    truncate(PERSON),
    lock_table(PERSON),
    call("f", 5),
    PartInParentheses(select(PERSON.c.id)),
    NamedRows(ROWS),
    Limits(literal(5), literal(6)),
)


def below(found: Node) -> Iterator[Node]:
    yield found
    for one in found.child_nodes():
        yield from below(one)


def kept(found: Node) -> bool:
    """Tell whether a node is data: what belongs to a schema is changed, and is only itself."""
    return not type(found).keyed_by_identity


_ALL = {id(one): one for whole in STATEMENTS for one in below(whole)}
EVERYTHING = [one for one in (*_ALL.values(), *EXPRESSIONS) if kept(one)]


def classes_of(base: type[Node]) -> Iterator[type[Node]]:
    for cls in base.__subclasses__():
        if cls.__module__.startswith("toolkit_core."):
            yield cls
        yield from classes_of(cls)


CLASSES = {cls for cls in classes_of(Node) if not cls.keyed_by_identity}


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What others derive from, of which there are no instances.
BASES = words("""
    AliasedReturnsRows AliasedStatement AnsiFunction ColumnElement DML Executable FromClause
    FunctionElement GenerativeSelect GenericFunction HasCTE HasHints HasPrefixes HasSetOperations
    HasSuffixes HasSyntaxExtensions InsertClauses OrderedSetAgg OtherSources ReturnTypeFromArgs
    ReturnTypeFromOptionalArgs ReturnsRows SelectBase Selectable SyntaxExtension Windowed WrittenSQL
""")
# What the compiler makes while it writes, and nobody else has.
FLEETING = words("""
    DeleteSources DeleteTarget DialectOption DistinctOn FetchedBack FromStatement GivenValue
    HintedSource InsertedQuery LiteralText NoSources NoValues NullsOrder Returning RowsIn
    SetBeside SetColumn SetParts TableHint UpdateSources UpdateTarget
""")
# What another node writes as a part of itself, and what SQLite or the standard has not.
PARTS = words("""
    AddedCTE DialectOption FrameClause FromStatement GivenRow JoinStep OnConflict SetBeside Slice
    SourceHint ValuesRow
""")


def test_every_class_has_an_example() -> None:
    shown = {cls.__name__ for found in EVERYTHING for cls in type(found).__mro__}
    functions = {cls.__name__ for cls in CLASSES if issubclass(cls, FunctionElement)}
    assert {cls.__name__ for cls in CLASSES} - shown - BASES - FLEETING - functions == set()


@pytest.mark.parametrize("rules", [ansi, sqlite], ids=["ansi", "sqlite"])
def test_every_class_has_a_rule_or_is_refused_by_name(rules: Any) -> None:
    without = set()
    for cls in {*CLASSES, *classes_of(Node)}:
        try:
            assert callable(rules.find(cls))
        except UnsupportedCompilationError as error:
            assert cls.__name__ in str(error)  # noqa: PT017 - it is refused, or has a rule
            without.add(cls.__name__)
    # Whoever adds a class without a rule adds it here, and says why.
    assert {name for name in without if name in {cls.__name__ for cls in CLASSES}} <= (
        BASES | PARTS
    )


def test_a_change_of_any_field_changes_the_key() -> None:
    for found in EVERYTHING:
        for name, field in type(found).fields.items():
            now = getattr(found, name)
            if field.kind == "value":
                changed = found.but(**{name: other_value(now)})
            elif field.kind == "child":
                changed = found.but(**{name: literal_column("something else")})
            elif field.kind == "children":
                changed = found.but(**{name: (*now, literal_column("something more"))})
            else:
                continue
            if (type(found), name) == (SourceColumn, "key"):
                # By what name the source has it is written nowhere.
                continue
            same = changed.structure() is found.structure()
            # Of two that are itself each, the leaves tell them apart.
            assert not same or changed._leaves != found._leaves, (type(found).__name__, name)


def test_an_identity_rewrite_is_the_same_tree() -> None:
    def same(found: Node) -> Node:
        return found.rewritten(same)

    for found in EVERYTHING:
        assert found.rewritten(same) is found


def test_a_copy_has_the_same_key() -> None:
    for found in EVERYTHING:
        one, two = found.but(), found.but()
        assert one.structure() is two.structure()


@pytest.mark.parametrize("number", range(len(STATEMENTS)))
def test_what_was_pickled_is_written_alike(number: int) -> None:
    statement = STATEMENTS[number]
    again = pickle.loads(pickle.dumps(statement))
    # The standard has no ON CONFLICT, and SQLite no MERGE.
    of_sqlite = isinstance(statement, DML) and not isinstance(statement, Merge)
    dialect = SQLITE_DIALECT if of_sqlite else None
    assert str(again.compile(dialect=dialect)) == str(statement.compile(dialect=dialect))


@pytest.mark.parametrize("number", range(len(STATEMENTS)))
def test_a_key_never_holds_a_value(number: int) -> None:
    secret = "a value that no key may hold"

    def with_secret(found: Node) -> Node:
        changed = found.but(value=secret) if found.visit_name == "bindparam" else found
        return changed.rewritten(with_secret)

    statement = with_secret(STATEMENTS[number])
    keys, seen = [statement.structure()], set()
    while keys:
        key = keys.pop()
        assert secret not in repr(key)
        if id(key) in seen:
            continue
        seen.add(id(key))
        parts = next((parts for parts, one in node_keys() if one is key), ())
        assert not any(part == secret for part in parts if isinstance(part, str))
        keys += [part for part in parts if type(part) is type(key)]


def node_keys() -> list[tuple[tuple[Any, ...], Any]]:
    from toolkit_core.expression import keys

    return list(keys._interned.items())
