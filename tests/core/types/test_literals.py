"""Whatever is written into the SQL is read back as it was: there is no way out of the quotes."""

from __future__ import annotations

import datetime as dt
import enum
import math
import warnings
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.types.dialects import SQLITE, Standard
from tests.core.types.sqlite_trip import literal_and_read, stored_and_read
from toolkit_core.errors import CompileError, SAWarning
from toolkit_core.facts import ParamStyle
from toolkit_core.types import (
    ARRAY,
    JSON,
    NULLTYPE,
    UUID,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    PickleType,
    String,
    Text,
    Time,
    TypeEngine,
    Unicode,
    UtcDateTime,
    Uuid,
    write_literal,
)

# What programs break on, more often than chance would have it.
WORDS_OF_TROUBLE = "' '' \" \\ \\' ; -- /* */ \0 % %% %s : :x ? $1 \n \r ` é 😀 NULL"
NASTY = st.sampled_from(WORDS_OF_TROUBLE.split(" "))
ENCODABLE = st.text(st.characters(exclude_categories=["Cs"]))
STRINGS = st.lists(NASTY | ENCODABLE).map("".join)
WORDS = st.lists(STRINGS.filter(bool), min_size=1, max_size=4, unique=True)
WHOLE = st.integers(-(2**63), 2**63 - 1)
# SQLite rounds what it reads of a decimal text in the last bit where exponents are extreme
# (1.7406017913282118e-298 loses one unit), so those are for bound values, which are exact.
FLOATS = st.one_of(
    st.floats(1e-100, 1e100),
    st.floats(-1e100, -1e-100),
    st.sampled_from([0.0, float("inf"), float("-inf")]),
)
PLAIN_JSON = st.one_of(st.none(), st.booleans(), WHOLE, FLOATS, st.text())
DOCUMENTS = st.recursive(
    PLAIN_JSON, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
SPANS = st.timedeltas(dt.timedelta(days=-700_000), dt.timedelta(days=2_900_000))
CENTS = st.integers(-(10**14), 10**14).map(lambda cents: Decimal(cents).scaleb(-2))

KINDS: dict[str, tuple[TypeEngine[Any], st.SearchStrategy[Any]]] = {
    "String": (String(), STRINGS),
    "Text": (Text(), STRINGS),
    "Unicode": (Unicode(9), STRINGS),
    "Integer": (Integer(), WHOLE),
    "BigInteger": (BigInteger(), WHOLE),
    "Float": (Float(), FLOATS),
    "Double": (Double(), FLOATS),
    "Numeric": (Numeric(16, 2), CENTS),
    "Boolean": (Boolean(), st.booleans()),
    "Date": (Date(), st.dates()),
    "DateTime": (DateTime(), st.datetimes()),
    "Time": (Time(), st.times()),
    "Interval": (Interval(), SPANS),
    "LargeBinary": (LargeBinary(), st.binary()),
    "Uuid": (Uuid(), st.uuids()),
    "UUID": (UUID(), st.uuids()),
    "JSON": (JSON(), DOCUMENTS),
    "PickleType": (PickleType(), DOCUMENTS),
    "UtcDateTime": (
        UtcDateTime(),
        st.datetimes(
            dt.datetime(2, 1, 1),  # noqa: DTZ001 - the limits have no zone
            dt.datetime(9998, 1, 1),  # noqa: DTZ001 - the limits have no zone
            # Python compares moments of zones whose offset changes in a way of its own.
            timezones=st.integers(-1439, 1439).map(
                lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
            ),
        ),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_literal_is_read_back_as_it_was(kind: str, data: st.DataObject) -> None:
    type_, values = KINDS[kind]
    value = data.draw(values)
    assert literal_and_read(type_, value) == value


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_bound_value_is_read_back_as_it_was(kind: str, data: st.DataObject) -> None:
    type_, values = KINDS[kind]
    value = data.draw(values)
    assert stored_and_read(type_, value) == value


@given(words=WORDS, data=st.data())
def test_the_words_of_an_enum_are_read_back(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    assert literal_and_read(Enum(*words), word) == word
    members: Any = enum.EnumMeta.__call__(
        enum.Enum, "Members", [(f"m{n}", word) for n, word in enumerate(words)]
    )
    by_value = Enum(members, values_callable=lambda cls: [member.value for member in cls])
    assert literal_and_read(by_value, members(word)) is members(word)


@given(text=st.text())
def test_lone_surrogates_are_refused_and_all_other_text_is_not(text: str) -> None:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        with pytest.raises(CompileError, match="Could not render literal value"):
            write_literal(String(), SQLITE, text)
    else:
        assert literal_and_read(String(), text) == text


@given(text=STRINGS)
def test_a_literal_ends_where_it_should_whatever_the_style(text: str) -> None:
    """Read by the rules of each style, the literal is one string, and it is the text."""
    for backslash in (False, True):
        dialect: Any = Standard(backslash_escapes=backslash)
        if "\0" in text:
            with pytest.raises(CompileError, match="NUL character"):
                write_literal(String(), dialect, text)
        else:
            written = write_literal(String(), dialect, text)
            assert unquoted(written, backslash=backslash) == text


def unquoted(written: str, *, backslash: bool) -> str:
    """Read a string literal as a server does."""
    assert written[0] == "'"
    found, rest = [], iter(written[1:])
    for letter in rest:
        if letter == "\\" and backslash:
            found.append(next(rest))
        elif letter == "'":
            after = next(rest, None)
            if after is None:
                return "".join(found)
            assert after == "'", "the literal ends before the text does"
            found.append("'")
        else:
            found.append(letter)
    raise AssertionError("the literal does not end")


@pytest.mark.parametrize("style", [ParamStyle.FORMAT, ParamStyle.PYFORMAT])
def test_percent_signs_are_doubled_where_the_driver_halves_them(style: ParamStyle) -> None:
    dialect: Any = Standard(paramstyle=style)
    assert write_literal(String(), dialect, "5 %s") == "'5 %%s'"
    assert write_literal(JSON(), dialect, ["%"]) == "'[\"%%\"]'"


STANDARD: list[tuple[TypeEngine[Any], Any, str]] = [
    (Boolean(), True, "true"),
    (Boolean(), 0, "false"),
    (DateTime(), dt.datetime(2020, 1, 2, 3, 4, 5, 6), "'2020-01-02 03:04:05.000006'"),  # noqa: DTZ001 - naive on purpose
    (Date(), dt.date(2020, 1, 2), "'2020-01-02'"),
    (Time(), dt.time(1, 2, 3), "'01:02:03'"),
    (LargeBinary(), b"a'\0\xff", "X'612700ff'"),
    (Numeric(), Decimal("1E+5"), "1E+5"),
    (Numeric(), 0.1, "0.1"),
    (Float(), 1e30, "1e+30"),
    (Integer(), True, "1"),
    (Integer(), Decimal(7), "7"),
    (Integer(), 2**70, "1180591620717411303424"),
    (ARRAY(Integer), [1, 2, None], "ARRAY[1, 2, NULL]"),
    (ARRAY(String), [["a'"], []], "ARRAY[['a'''], []]"),
    (String(), None, "NULL"),
    (JSON(), None, "'null'"),
    (JSON(none_as_null=True), None, "NULL"),
    (NULLTYPE, None, "NULL"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "value", "sql"), STANDARD, ids=repr)
def test_the_standards_literals(type_: TypeEngine[Any], value: Any, sql: str) -> None:
    dialect: Any = Standard()
    assert write_literal(type_, dialect, value) == sql


REFUSED: list[tuple[TypeEngine[Any], Any, str]] = [
    (NULLTYPE, 5, "No literal value renderer is available"),
    (Integer(), "1; DROP TABLE t", "Could not render literal value '1; DROP TABLE t'"),
    (Integer(), 1.5, "1.5 is not a whole number"),
    (Integer(), "five", "invalid literal for int"),
    (Float(), "nan", "no literal for 'nan'"),
    (Float(), math.nan, "no literal for nan"),
    (Numeric(), Decimal("NaN"), "no literal for"),
    (Numeric(), "1 OR 1=1", "Could not render"),
    (String(), 5, "text is expected, not int"),
    (Date(), "2020-01-01", "Could not render"),
    (LargeBinary(), "x", "Could not render"),
    (Uuid(), "x", "a uuid.UUID is expected"),
    (Boolean(), "true", "Not a boolean value"),
    (JSON(), set, "not JSON serializable"),
]


@pytest.mark.parametrize("dialect", [SQLITE, Standard()], ids=["sqlite", "standard"])
@pytest.mark.parametrize(("type_", "value", "message"), REFUSED, ids=lambda x: repr(x)[:30])
def test_what_is_no_value_of_the_type_is_never_written(
    type_: TypeEngine[Any], value: Any, message: str, dialect: Any
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        with pytest.raises(CompileError, match=message.replace("(", r"\(")):
            write_literal(type_, dialect, value)


def test_a_number_that_sqlite_would_round_is_refused() -> None:
    with pytest.raises(CompileError, match="too large for SQLite"):
        write_literal(Integer(), SQLITE, 2**63)


@pytest.mark.parametrize(
    "number",
    [8.984098713016786e-300, 52.7633769828218, 6.4181312866861e34, 5e-324, 1.7976931348623157e308],
)
def test_a_float_whose_digits_sqlite_reads_wrong_is_written_otherwise(number: float) -> None:
    for signed in (number, -number):
        assert literal_and_read(Float(), signed) == signed


@pytest.mark.parametrize(("number", "sql"), [(0.1, "0.1"), (-12.345, "-12.345"), (5, "5.0")])
def test_a_float_that_sqlite_reads_right_is_written_in_digits(number: float, sql: str) -> None:
    assert write_literal(Float(), SQLITE, number) == sql
