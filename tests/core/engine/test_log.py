"""The echo log has the documented lines under the documented names."""

from __future__ import annotations

import logging
import re

import pytest

from toolkit import Engine, create_engine, text


def no_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a program that has not set up any logging."""
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.getLogger("toolkit"), "handlers", [])


@pytest.mark.backend("sqlite")
def test_a_statement_is_logged_with_its_parameters_and_origin(
    caplog: pytest.LogCaptureFixture, engine: Engine
) -> None:
    caplog.set_level(logging.INFO, "toolkit.engine")
    with engine.connect() as connection:
        for _ in range(2):
            connection.execute(text("select :x"), {"x": 5})
        connection.exec_driver_sql("select 1")
        connection.commit()
    messages = caplog.messages
    assert messages[0] == "BEGIN (implicit)"
    assert messages[1] == "select ?"
    assert re.fullmatch(r"\[generated in \d\.\d{5}s\] \(5,\)", messages[2])
    assert messages[3] == "select ?"
    assert re.fullmatch(r"\[cached since [\d.e-]+s ago\] \(5,\)", messages[4])
    assert messages[5:] == ["select 1", "[raw sql] ()", "COMMIT"]
    assert {record.name for record in caplog.records} == {"toolkit.engine.Engine"}


def test_rollback_savepoint_and_many_sets_are_logged(
    caplog: pytest.LogCaptureFixture, engine: Engine
) -> None:
    caplog.set_level(logging.INFO, "toolkit.engine")
    with engine.connect() as connection, connection.begin_nested():
        connection.execute(
            text("insert into t (x) values (:x)"), [{"x": number} for number in range(20)]
        )
    messages = caplog.messages
    assert messages[1] == "SAVEPOINT sa_savepoint_1"
    assert "displaying 10 of 20 total bound parameter sets" in messages[4]
    assert messages[5] == "RELEASE SAVEPOINT sa_savepoint_1"
    assert messages[-1] == "ROLLBACK"


def test_hidden_parameters_show_in_no_line_and_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "toolkit.engine")
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.connect() as connection:
        connection.execute(text("select :x"), {"x": "secret"})
        with pytest.raises(Exception, match="no such column") as caught:
            connection.execute(text("select :x, nowhere"), {"x": "secret"})
    assert "secret" not in caplog.text
    assert "secret" not in str(caught.value)
    assert "[SQL parameters hidden due to hide_parameters=True]" in caplog.text


def test_names_and_tokens_tell_engines_and_connections_apart(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "toolkit.engine")
    engine = create_engine("sqlite://", logging_name="stock")
    with engine.connect().execution_options(logging_token="job 7") as connection:
        connection.execute(text("select 1"))
    assert {record.name for record in caplog.records} == {"toolkit.engine.Engine.stock"}
    assert all(message.startswith("[job 7] ") for message in caplog.messages)


def test_echo_writes_to_standard_output_and_can_be_turned_off(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    no_handlers(monkeypatch)
    engine = create_engine("sqlite://", echo=True)
    with engine.connect() as connection:
        connection.execute(text("select 'loud'"))
    engine.echo = False
    with engine.connect() as connection:
        connection.execute(text("select 'quiet'"))
    written = capsys.readouterr().out
    assert "INFO toolkit.engine.Engine select 'loud'" in written
    assert "quiet" not in written


def test_debug_logs_the_columns_and_rows(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "toolkit.engine")
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("select 1 as a, 'x' as b")).all()
    assert "Col ('a', 'b')" in caplog.messages
    assert "Row (1, 'x')" in caplog.messages


def test_a_token_is_on_the_lines_of_rows_too(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "toolkit.engine")
    with create_engine("sqlite://").connect() as connection:
        connection.execution_options(logging_token="job 7")
        connection.execute(text("select 1 as a")).all()
    assert {"[job 7] Col ('a',)", "[job 7] Row (1,)"} <= set(caplog.messages)
