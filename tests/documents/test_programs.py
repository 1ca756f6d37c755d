"""Every program of the five documents runs with only the import name changed."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from tests.differential.harness import Harness
from tests.differential.spelling import ours
from tests.documents.programs import NO_LENGTH, NOT_RUN, PROGRAMS, Program
from tests.documents.snippets import called_in, every_piece, filled_in
from toolkit import Connection, Engine, event, exc
from toolkit.orm import close_all_sessions

EACH = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
# What a program says of its database; aiosqlite's stays where it is.
_URL = re.compile(r"(?<!aio)sqlite:///[\w.:]*")


def test_each_piece_runs_in_a_program_or_has_a_reason() -> None:
    run = {piece for program in PROGRAMS for piece in called_in(program.text)}
    assert run | set(NOT_RUN) == every_piece()
    assert not run & set(NOT_RUN)


@EACH
def test_it_tells_what_it_must_on_every_server(
    program: Program, backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = ours(filled_in(program.text))
    with fresh_engine(backend, f"sqlite:///{tmp_path}/unused.db"):
        if backend.dialect != "sqlite":
            source = _URL.sub(lambda _: backend.url, source)
        if program.needs_lengths and backend.dialect in {"mysql", "mariadb"}:
            with pytest.raises(exc.CompileError, match=NO_LENGTH), running(source):
                pass
            return
        with running(source) as told:
            assert told == dict(program.tells)


@contextmanager
def running(source: str) -> Iterator[dict[str, Any]]:
    """Run a program here, give what it told, and close what it left open."""
    told: dict[str, Any] = {}
    engines: set[Engine] = set()

    def note(connection: Connection) -> None:
        engines.add(connection.engine)

    event.listen(Engine, "engine_connect", note)
    report: Callable[[str, Any], None] = told.__setitem__
    try:
        exec(
            compile(source, "<document>", "exec", dont_inherit=True),
            {"__name__": "a_document", "report": report},
        )
        yield told
    finally:
        event.remove(Engine, "engine_connect", note)
        close_all_sessions()
        gc.collect()
        for engine in engines:
            engine.dispose()


@EACH
@pytest.mark.xdist_group("oracle")
def test_it_tells_the_same_on_the_oracle(program: Program, harness: Harness) -> None:
    comparison = harness.compare(filled_in(program.text), program.name)
    assert comparison.ours.steps == dict(program.tells), comparison.ours.trace
    assert comparison.ours.uncaught is None, comparison.ours.trace
    if program.ends_on_the_oracle:
        assert comparison.oracle.uncaught["exception"] == program.ends_on_the_oracle
    else:
        assert comparison.agrees, comparison.text()
