"""Annotations are read as they are written, and what they name need not be there."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import pytest

from toolkit_core.events.families import ConnectionEvents
from toolkit_core.events.former import as_it_was
from toolkit_core.late_annotations import own_annotations, signature_of, written_annotation

LATE = sys.version_info >= (3, 14)
late = pytest.mark.skipif(not LATE, reason="Python evaluates annotations at once")

SOURCE = """
class Above:
    known: int

class Below(Above):
    pass

def plain(one, two=2):
    pass

class Later(Above):
    unknown: list[Nowhere]
    inside: no.where.Thing | None
    known: int

def called(one: Nowhere, two: no.where.Thing = 2) -> Nowhere:
    pass
"""


def made(name: str, future: str = "") -> Any:
    """Return what the source defines; with late names, only where Python has late annotations."""
    text = f"{future}\n{SOURCE if LATE or future else SOURCE.partition('class Later')[0]}"
    scope: dict[str, Any] = {"__name__": __name__}
    exec(compile(text, "<source>", "exec", dont_inherit=True), scope)
    return scope[name]


FUTURE = "from __future__ import annotations"


@pytest.mark.parametrize("future", ["", FUTURE])
def test_a_class_has_annotations_of_its_own_only(future: str) -> None:
    assert list(own_annotations(made("Above", future))) == ["known"]
    assert own_annotations(made("Below", future)) == {}


def test_a_function_without_annotations_has_none() -> None:
    assert own_annotations(made("plain")) == {}
    assert own_annotations(partial(made("plain"), 1)) == {}


@pytest.mark.parametrize("future", [pytest.param("", marks=late), FUTURE])
def test_a_name_that_is_not_there_harms_nobody(future: str) -> None:
    assert list(own_annotations(made("Later", future))) == ["unknown", "inside", "known"]
    assert list(own_annotations(made("called", future))) == ["one", "two", "return"]


@pytest.mark.parametrize("future", [pytest.param("", marks=late), FUTURE])
def test_the_text_is_told(future: str) -> None:
    cls = made("Later", future)
    assert written_annotation(cls, "unknown") == "list[Nowhere]"
    assert written_annotation(cls, "known") == "int"
    assert written_annotation(cls, "nothing") is None


@pytest.mark.parametrize("future", [pytest.param("", marks=late), FUTURE])
def test_a_signature_is_read_whatever_it_names(future: str) -> None:
    assert list(signature_of(made("called", future)).parameters) == ["one", "two"]


@late
def test_a_listener_may_name_what_only_type_checkers_have() -> None:
    scope: dict[str, Any] = {}
    exec("def listen(conn: Nowhere, branch: Nowhere) -> Nowhere: ...", scope)
    with pytest.warns(DeprecationWarning, match="argument signature"):
        assert as_it_was(ConnectionEvents, "engine_connect", scope["listen"]) is not scope["listen"]
