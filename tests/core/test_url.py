"""URLs: what is read, what is written, and what is never shown.

What stands here was compared with SQLAlchemy 2.1.9 run as a black box.  Where we differ on
purpose: an ``@`` in the host, brackets that do not match and a port that is not made of digits
are refused, and the refusal is an ``ArgumentError`` that is also the ``ValueError`` of old.
"""

import contextlib
import copy
import json
import pickle
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit_core.errors import (
    ArgumentError,
    MalformedURLError,
    SADeprecationWarning,
)
from toolkit_core.immutabledict import immutabledict
from toolkit_core.url import URL, cut_url, make_url, spelling_hint

SECRET = "s3cr3t"

texts = st.text(st.characters(exclude_categories=["Cs"]))
names = st.from_regex(r"[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)?", fullmatch=True)
hosts = st.one_of(
    st.from_regex(r"[a-z0-9.\-]+", fullmatch=True),
    st.ip_addresses().map(str),
    st.sampled_from(["fe80::1%eth0", "höst.example", "a,b", "a_b"]),
)
values = st.one_of(texts, st.lists(texts, min_size=2).map(tuple))
urls = st.builds(
    URL.create,
    drivername=names,
    username=st.none() | texts,
    host=st.none() | hosts,
    port=st.none() | st.integers(0, 65535),
    database=st.none() | texts,
    query=st.dictionaries(texts, values),
) | st.builds(
    URL.create,
    drivername=names,
    username=texts,
    password=texts,
    host=hosts,
    port=st.none() | st.integers(0, 65535),
    database=st.none() | texts,
    query=st.dictionaries(texts, values),
)


class Token:
    """A password that is an object: some service makes it."""

    def __init__(self, text: str = SECRET) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


# -- reading ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("sqlite://", ("sqlite", None, None, None, None, None, {})),
        ("sqlite:///", ("sqlite", None, None, None, None, "", {})),
        ("sqlite:///:memory:", ("sqlite", None, None, None, None, ":memory:", {})),
        ("sqlite:///a/b.db", ("sqlite", None, None, None, None, "a/b.db", {})),
        ("sqlite:////a/b.db", ("sqlite", None, None, None, None, "/a/b.db", {})),
        ("sqlite:///C:\\a\\b.db", ("sqlite", None, None, None, None, "C:\\a\\b.db", {})),
        ("p://u:p%40ss@h:5432/d?x=1", ("p", "u", "p@ss", "h", 5432, "d", {"x": "1"})),
        ("p+q://u@h/d", ("p+q", "u", None, "h", None, "d", {})),
        ("p+q+r://h", ("p+q+r", None, None, "h", None, None, {})),
        ("p://u:p/s:s?#[]@h/d", ("p", "u", "p/s:s?#[]", "h", None, "d", {})),
        ("p://u@corp.example:p@h/d", ("p", "u@corp.example", "p", "h", None, "d", {})),
        ("p://:p@h/d", ("p", "", "p", "h", None, "d", {})),
        ("p://u:@/d", ("p", "u", "", None, None, "d", {})),
        ("p://@h/", ("p", "", None, "h", None, "", {})),
        ("p://u+v:p+q@h/d+e?x=a+b", ("p", "u+v", "p+q", "h", None, "d+e", {"x": "a b"})),
        ("p://[::1]:5432/d", ("p", None, None, "::1", 5432, "d", {})),
        ("p://u:p@[fe80::1%eth0]", ("p", "u", "p", "fe80::1%eth0", None, None, {})),
        ("p://:5432/d", ("p", None, None, None, 5432, "d", {})),
        ("p://h:5432?x=1", ("p", None, None, "h", 5432, None, {"x": "1"})),
        ("p://h/d%3Fe%2Ff%25", ("p", None, None, "h", None, "d?e/f%", {})),
        ("p://h/50%zz", ("p", None, None, "h", None, "50%zz", {})),
        ("p://h/%FF", ("p", None, None, "h", None, "\ufffd", {})),
        ("p://h/a@b#c", ("p", None, None, "h", None, "a@b#c", {})),
        ("p://h/d?x=a/b@c=d#e", ("p", None, None, "h", None, "d", {"x": "a/b@c=d#e"})),
        ("p://h/d?x=&y&=z", ("p", None, None, "h", None, "d", {"": "z"})),
        ("p:///d?host=a:1&host=b:2", ("p", None, None, None, None, "d", {"host": ("a:1", "b:2")})),
        ("p://h?plugin=a&plugin=b", ("p", None, None, "h", None, None, {"plugin": ("a", "b")})),
    ],
)
def test_the_parts_are_read(text: str, parts: tuple[Any, ...]) -> None:
    assert tuple(make_url(text)) == parts


def test_a_url_is_read_once() -> None:
    url = make_url("sqlite://")

    assert make_url(url) is url


def test_empty_values_are_kept_on_demand() -> None:
    url = make_url("p://h?x=&y&z=1", keep_blank_values=True)

    assert url.query == {"x": "", "y": "", "z": "1"}


# -- malformed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason", "cure"),
    [
        ("", "it is empty", "variable"),
        ("  ", "it is empty", "variable"),
        (" p://h", "begins with a blank", "take away"),
        (f"'p://u:{SECRET}@h'", "quotation mark", "take away"),
        ("sqlite:/x", "no '://'", "sqlite:////absolute.db"),
        ("sqlite", "no '://'", "sqlite:///relative.db"),
        (f"u:{SECRET}@h/d", "no '://'", "dialect[+driver]://"),
        ("jdbc:postgresql://h/d", "Java", "take 'jdbc:' away"),
        ("a-b://h", "other characters", "dialect[+driver]://"),
        (f"://u:{SECRET}@h", "other characters", "dialect[+driver]://"),
        ("p://h:/d", "port is not a number", "leave the colon"),
        (f"p://u:{SECRET}@h:port/d", "port is not a number", "in digits"),
        (f"p://u:{SECRET}", "port is not a number", "'@host' is missing"),
        (f"p://h:{'9' * 5000}/d", "port is not a number", "in digits"),
        ("p://h:-1/d", "port is not a number", "in digits"),
        ("p://h:٣/d", "port is not a number", "in digits"),
        ("p://a:1,b:2/d", "port is not a number", "?host=a:5432&host=b:5432"),
        ("p://::1/d", "port is not a number", "[::1]"),
        ("p://[::1/d", "brackets", "[::1]"),
        ("p://[::1]x/d", "brackets", "[::1]"),
        ("p://[]/d", "brackets", "[::1]"),
        (f"p://u:{SECRET}@{SECRET}@h/d", "unescaped '@'", "percent-encode"),
        (f"p://u:a@b:{SECRET}@h/d", "unescaped '@'", "urllib.parse.quote"),
        (f"p://u:a@b:{SECRET}/x@h/d", "port is not a number", "urllib.parse.quote"),
    ],
)
def test_a_malformed_url_says_why_and_what_to_do(text: str, reason: str, cure: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        make_url(text)

    assert isinstance(caught.value, ValueError)
    assert reason in str(caught.value)
    assert cure in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "given", [None, 1, SECRET.encode(), {"password": SECRET}, (SECRET,)], ids=str
)
def test_what_is_no_url_is_refused_without_being_shown(given: Any) -> None:
    with pytest.raises(ArgumentError, match="Expected string or URL object, got") as caught:
        make_url(given)

    assert SECRET not in str(caught.value)


@given(st.text())
def test_any_text_is_read_or_refused_in_our_words(text: str) -> None:
    with contextlib.suppress(MalformedURLError):
        assert isinstance(make_url(text), URL)


# -- writing ------------------------------------------------------------------------------


@given(urls)
def test_what_is_written_is_read_again(url: URL) -> None:
    text = url.render_as_string(hide_password=False)

    assert make_url(text, keep_blank_values=True) == url
    assert hash(make_url(text, keep_blank_values=True)) == hash(url)


@given(texts)
def test_each_part_keeps_any_text(text: str) -> None:
    url = URL.create("p", text, text, "h", 1, text, {f"{text}k": f"{text}v"})

    assert make_url(url.render_as_string(hide_password=False)) == url


@given(texts.filter(lambda text: len(text) > 3 and text not in "p://u:***@h"))
def test_the_password_is_in_no_text_unless_asked_for(password: str) -> None:
    url = URL.create("p", "u", password, "h")

    for shown in (str(url), repr(url), f"{url}", url.render_as_string()):
        assert shown == "p://u:***@h"


def test_an_empty_password_is_masked_too() -> None:
    assert str(URL.create("p", "u", "", "h")) == "p://u:***@h"


def test_what_needs_no_escape_gets_none() -> None:
    special = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\nä"
    url = URL.create("p", special, special, "h", None, special, {special: special})

    credential = (
        "%21%22%23%24%25%26%27%28%29%2A+%2C-.%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E_%60%7B%7C%7D~ "
        "%09%0A%C3%A4"
    )
    query = credential.replace("+", "%2B").replace(" ", "+")
    assert url.render_as_string(hide_password=False) == (
        f"p://{credential}:{credential}@h/{credential.replace('%2F', '/')}?{query}={query}"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("sqlite:///:memory:", "sqlite:///%3Amemory%3A"),
        ("sqlite:////a/b.db", "sqlite:////a/b.db"),
        ("p://h?z=1&a=2&m=4&m=3", "p://h?a=2&m=4&m=3&z=1"),
        ("p://[::1]:1/d", "p://[::1]:1/d"),
        ("p://h:05/", "p://h:5/"),
        ("p://h/a@b", "p://h/a%40b"),
    ],
)
def test_the_written_form_is_the_same_for_the_same_url(text: str, written: str) -> None:
    assert str(make_url(text)) == written


@pytest.mark.parametrize("field", ["username", "password", "database"])
def test_half_a_surrogate_pair_is_refused_without_showing_it(field: str) -> None:
    url = URL.create("p", **{"username": "u", field: f"{SECRET}\udc80"})  # type: ignore[arg-type]

    with pytest.raises(MalformedURLError, match="surrogate") as caught:
        url.render_as_string(hide_password=False)

    assert caught.value.__suppress_context__
    assert SECRET not in str(caught.value)
    assert repr(url)


def test_a_password_object_is_asked_when_its_text_is_needed() -> None:
    token = Token("old")
    url = URL.create("p", "u", token, "h")
    token.text = SECRET

    assert url.password is token
    assert str(url) == "p://u:***@h"
    assert url.render_as_string(hide_password=False) == f"p://u:{SECRET}@h"
    assert url.translate_connect_args() == {"host": "h", "username": "u", "password": SECRET}


# -- making and changing --------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        {"drivername": None},
        {"drivername": 1},
        {"username": 1},
        {"password": b"x"},
        {"host": 1},
        {"database": 1},
        {"port": []},
        {"query": {"a": 1}},
        {"query": {"a": None}},
        {"query": {"a": {"x"}}},
        {"query": {"a": b"x"}},
        {"query": {"a": ["x", 1]}},
        {"query": {1: "a"}},
    ],
    ids=repr,
)
def test_a_part_of_the_wrong_type_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        URL.create(**{"drivername": "p", **parts})


def test_a_port_may_come_as_text() -> None:
    assert URL.create("p", port="5432").port == 5432  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="port must be a number"):
        URL.create("p", port="http")  # type: ignore[arg-type]


def test_sequences_in_the_query_become_tuples() -> None:
    url = URL.create("p", query={"a": ["x", "y"], "b": ["z"], "c": "w"})

    assert url.query == {"a": ("x", "y"), "b": ("z",), "c": "w"}
    assert url.normalized_query == {"a": ("x", "y"), "b": ("z",), "c": ("w",)}


def test_set_replaces_what_is_given_and_leaves_the_rest() -> None:
    url = make_url("p://u:s@h:1/d?a=1")

    assert url.set("q", host="i", port=None).render_as_string(hide_password=False) == (
        "q://u:s@i:1/d?a=1"
    )
    assert url.set(query={"b": "2"}).query == {"b": "2"}
    assert url == make_url("p://u:s@h:1/d?a=1")


def test_replace_can_take_a_part_away() -> None:
    url = make_url("p://u:s@h:1/d")._replace(password=None, host=None, port=None)

    assert url.render_as_string(hide_password=False) == "p://u@/d"
    with pytest.raises(ValueError, match="'nope'"):
        url._replace(nope=1)


@pytest.mark.parametrize(
    ("change", "query"),
    [
        (lambda u: u.update_query_string("a=9&c=x&c=y"), {"a": "9", "c": ("x", "y")}),
        (lambda u: u.update_query_string("a=9", append=True), {"a": ("1", "9")}),
        (lambda u: u.update_query_string("a=&c"), {"a": "1"}),
        (lambda u: u.update_query_string("a=&c", keep_blank_values=True), {"a": "", "c": ""}),
        (lambda u: u.update_query_pairs([("a", "x"), ("a", ["y"])]), {"a": ("x", "y")}),
        (lambda u: u.update_query_pairs([("c", ["y"])]), {"a": "1", "c": ("y",)}),
        (lambda u: u.update_query_dict({"a": ["x"]}, append=True), {"a": ("1", "x")}),
        (lambda u: u.update_query_dict({"b": "4"}, append=True), {"b": ("2", "3", "4")}),
        (lambda u: u.difference_update_query(["a", "nope"]), {"a": None}),
    ],
)
def test_the_query_is_updated_in_a_copy(change: Any, query: dict[str, Any]) -> None:
    url = make_url("p://h?a=1&b=2&b=3")
    expected = {"a": "1", "b": ("2", "3"), **query}

    assert change(url).query == {k: v for k, v in expected.items() if v is not None}
    assert url.query == {"a": "1", "b": ("2", "3")}


def test_taking_away_what_is_not_there_makes_no_copy() -> None:
    url = make_url("p://h?a=1")

    assert url.difference_update_query(["b"]) is url


@pytest.mark.parametrize("value", [1, None, [1]])
def test_an_update_with_the_wrong_type_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="must be strings"):
        make_url("p://h").update_query_dict({"a": value})


# -- being a value ----------------------------------------------------------------------------


@given(urls)
def test_copies_and_pickles_are_equal(url: URL) -> None:
    for other in (copy.copy(url), copy.deepcopy(url), pickle.loads(pickle.dumps(url))):
        assert other == url
        assert hash(other) == hash(url)
        assert type(other.query) is immutabledict


def test_a_url_equals_urls_only() -> None:
    url = make_url("p://h?a=1&b=2")

    assert url == make_url("p://h?b=2&a=1")
    assert url != tuple(url)
    assert url != "p://h?a=1&b=2"
    assert url != make_url("p://h?a=1")
    assert hash(url) == hash(make_url("p://h?b=2&a=1"))
    assert make_url("p://h?a=1&a=2") != make_url("p://h?a=2&a=1")


def test_a_url_cannot_be_changed() -> None:
    url: Any = make_url("p://h?a=1")

    with pytest.raises(AttributeError):
        url.host = "i"
    with pytest.raises(AttributeError):
        url.other = "i"
    for method in ("update", "pop", "clear", "setdefault", "__setitem__", "__ior__"):
        with pytest.raises(TypeError, match="immutable"):
            getattr(url.query, method)("a", "2")


def test_a_url_is_a_tuple_of_named_fields() -> None:
    url = make_url("p://u:s@h:1/d")

    assert url._fields == (
        "drivername",
        "username",
        "password",
        "host",
        "port",
        "database",
        "query",
    )
    assert url[3] == url.host == "h"
    assert url._asdict()["port"] == 1
    name, *_ = url
    assert name == "p"


def test_the_query_is_a_dictionary_for_everyone_else() -> None:
    query = make_url("p://h?a=1").query

    assert json.dumps(query) == '{"a": "1"}'
    assert query | {"b": "2"} == {"b": "2"} | query == query.union({"b": "2"})
    assert query.merge_with({"b": "2"}, None, {"a": "3"}) == {"a": "3", "b": "2"}
    assert query.union({}) is query


# -- for drivers ----------------------------------------------------------------------------


def test_names_of_backend_and_driver() -> None:
    assert make_url("p+q://").get_backend_name() == "p"
    assert make_url("p+q://").get_driver_name() == "q"
    assert make_url("p+q+r://").get_driver_name() == "q"


def test_connect_arguments_leave_out_what_is_not_set() -> None:
    url = make_url("p://u:s@h:0/d?a=1")

    assert url.translate_connect_args() == {
        "host": "h",
        "database": "d",
        "username": "u",
        "password": "s",
    }
    assert url.translate_connect_args(username="user", host=None, other="x") == {
        "database": "d",
        "user": "u",
        "password": "s",
    }


def test_connect_arguments_renamed_by_position_are_deprecated() -> None:
    with pytest.warns(SADeprecationWarning):
        assert make_url("p://h/d").translate_connect_args(["x", "y"]) == {"x": "h", "y": "d"}


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("postgres", "postgresql"),
        ("postgres+asyncpg", "postgresql+asyncpg"),
        ("PostgreSQL", "postgresql"),
        ("postgresql+psycopg3", "postgresql+psycopg"),
        ("psycopg2", "postgresql+psycopg2"),
        ("pymysql", "mysql+pymysql"),
        ("sqlite3", "sqlite"),
    ],
)
def test_a_wrong_name_is_put_right(name: str, right: str) -> None:
    assert spelling_hint(name) == f"write '{right}://' instead of '{name}://'"


def test_a_name_is_put_right_only_to_what_there_is() -> None:
    assert spelling_hint("postgresq", ["postgresql", "sqlite"]) == (
        "write 'postgresql://' instead of 'postgresq://'"
    )
    assert spelling_hint("sqlite", ["sqlite"]) is None
    assert spelling_hint("acme") is None
    assert spelling_hint("acme", ["sqlite"]) is None


def test_reading_urls_needs_no_urllib() -> None:
    # Without site-packages' own start-up files, which import what they like.
    program = (
        f"import sys; sys.path[:] = {sys.path!r}; import toolkit_core.url; "
        "sys.exit('urllib.parse' in sys.modules)"
    )

    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True)


# The grammar of a URL, which the module cuts without.
GRAMMAR = re.compile(
    r"""
    (?P<name>[\w+]+)://
    (?: (?P<username>[^:/]*) (?: : (?P<password>[^@]*) )? @ )?
    (?: \[(?P<ipv6>[^/?\[\]]+)\](?=[:/?]|$) | (?P<host>[^/:?]*) )
    (?: : (?P<port>[^/?]*) )?
    (?: / (?P<database>[^?]*) )?
    (?: \? (?P<query>.*) )?
    """,
    re.VERBOSE | re.DOTALL,
)


@settings(max_examples=1000)
@given(st.text("ab1é_+:/@[]?=&.%\n ", max_size=16).map("x://".__add__) | texts | urls.map(str))
def test_a_url_is_cut_as_its_grammar_says(text: str) -> None:
    match = GRAMMAR.fullmatch(text)
    parts = cut_url(text)
    if match is None:
        assert parts is None
    else:
        assert parts is not None
        assert {name: getattr(parts, name) for name in parts.__match_args__} == match.groupdict()
