"""What of the matrix can be tested without a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.containers import drivers, engine, images, mirror, run, servers
from tests.containers.drivers import Address
from tests.containers.images import Recipe
from tests.containers.mirror import Source
from tests.containers.run import Missing, Run, Running
from tests.containers.table import Row, Tally, lines, reason_of

DEB822 = """\
# A comment
Types: deb deb-src
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates
Components: main
 contrib
Signed-By: /keys/archive.gpg

Types: deb
URIs: https://mirror.example/security
Suites: bookworm-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Types: deb-src
URIs: http://sources.example/debian
Suites: bookworm
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""
ONE_LINE = """\
# deb http://comment.example/debian bookworm main
deb [arch=amd64 signed-by=/keys/a.gpg] https://mirror.example/debian bookworm main contrib # why
deb-src http://mirror.example/debian bookworm main
deb http://flat.example/packages ./
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "os-release").write_text('ID=debian\nVERSION_CODENAME="bookworm"\n')
    return tmp_path


class TestMirror:
    def test_deb822_stanzas(self) -> None:
        main, security = mirror.parse_deb822(DEB822)
        assert main == Source(
            "http://mirror.example/debian",
            ("bookworm", "bookworm-updates"),
            ("main", "contrib"),
            "/keys/archive.gpg",
        )
        assert security.keyring is None

    def test_one_line_entries(self) -> None:
        main, flat = mirror.parse_one_line(ONE_LINE)
        assert main == Source(
            "https://mirror.example/debian", ("bookworm",), ("main", "contrib"), "/keys/a.gpg"
        )
        assert flat.components == ()

    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("sources.list", ONE_LINE),
            ("sources.list.d/x.list", ONE_LINE),
            ("sources.list.d/x.sources", DEB822),
        ],
    )
    def test_the_archive_is_the_one_with_the_running_release(
        self, machine: Path, file: str, text: str
    ) -> None:
        (machine / file).write_text(text)
        archive = mirror.debian_archive(machine, machine / "os-release")
        assert archive.uri.endswith("mirror.example/debian")

    def test_no_archive_is_said_so(self, machine: Path) -> None:
        with pytest.raises(mirror.MirrorUnknownError, match="bookworm"):
            mirror.debian_archive(machine, machine / "os-release")

    def test_a_machine_without_apt_is_said_so(self, tmp_path: Path) -> None:
        with pytest.raises(mirror.MirrorUnknownError):
            mirror.debian_archive(tmp_path / "none", tmp_path / "nothing")

    def test_the_ways_to_fetch_come_along_with_their_files(self, tmp_path: Path) -> None:
        certificate = tmp_path / "ca.crt"
        certificate.write_text("")
        settings = mirror.acquire_settings(
            'APT::Architecture "amd64";\nAcquire "";\n'
            f'Acquire::https::CaInfo "{certificate}";\nAcquire::http::Proxy "http://p.example:1";\n'
            'Acquire::IndexTargets::deb::X "y";\nDPkg::Post-Invoke:: "rm /x";\n'
        )
        assert settings == (
            f'Acquire::https::CaInfo "{certificate}";\nAcquire::http::Proxy "http://p.example:1";\n'
        )
        assert mirror.files_named_in(settings) == [certificate]


class TestRecipes:
    def test_the_tag_changes_with_the_recipe(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(images, "RECIPES", tmp_path)
        (tmp_path / "server").mkdir()
        dockerfile = tmp_path / "server" / "Dockerfile"
        dockerfile.write_text("FROM one")
        recipe = Recipe("server", "sid", "1")
        first = recipe.tag
        assert first == recipe.tag
        tags = {first, replace(recipe, suite="bookworm").tag, replace(recipe, version="2").tag}
        dockerfile.write_text("FROM two")
        assert len({*tags, recipe.tag}) == 4

    @pytest.mark.parametrize("server", servers.CONTAINERS, ids=lambda server: server.name)
    def test_every_server_has_one(self, server: servers.Server) -> None:
        assert server.recipe is not None
        folder = images.RECIPES / server.recipe.folder
        assert (folder / "Dockerfile").is_file()
        assert os.access(folder / "entrypoint.sh", os.X_OK)
        assert server.recipe.version == server.version


class Registry:
    """An engine whose registry refuses."""

    def __init__(self) -> None:
        self.api = self
        self.timeout = 60
        self.asked = 0

    def inspect_distribution(self, name: str) -> None:
        from docker.errors import APIError

        self.asked += 1
        assert self.timeout == images.REGISTRY_SECONDS
        raise APIError(f"no route to {name}")


def test_a_refused_pull_is_remembered_for_the_run(tmp_path: Path) -> None:
    registry = Registry()
    for name in ("postgres:18", "mysql:9"):
        assert images.pull(registry, name, tmp_path / "memory") == "no route to postgres:18"
    assert registry.asked == 1
    assert registry.timeout == 60


class TestServers:
    def test_a_dialects_url_replaces_all_its_servers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TOOLKIT_TEST_POSTGRESQL_URL", "postgresql://u:p@h/d")
        rows = [server for server in servers.matrix() if server.dialect == "postgresql"]
        assert [row.name for row in rows] == ["postgresql-url"]
        assert rows[0].version == ""

    def test_a_servers_url_replaces_it_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TOOLKIT_TEST_MARIADB_10_11_URL", "mariadb://u:p@h/d")
        given = [server.name for server in servers.matrix() if server.url]
        assert given == ["mariadb-10.11"]

    @pytest.mark.parametrize(
        ("option", "names"),
        [
            ("none", ["sqlite"]),
            ("sqlite", ["sqlite"]),
            ("postgresql-18,sqlite", ["sqlite", "postgresql-18"]),
            ("mariadb", ["mariadb-10.11", "mariadb-11.8"]),
        ],
    )
    def test_selection(self, option: str, names: list[str]) -> None:
        assert [server.name for server in servers.selected(option)] == names

    def test_everything_by_default(self) -> None:
        assert servers.selected("all") == servers.matrix() == servers.selected("")

    def test_an_unknown_name_is_refused(self) -> None:
        with pytest.raises(servers.UnknownServerError, match="there is no postgres;"):
            servers.selected("postgres")


class TestAddresses:
    def test_url_of_a_given_server(self) -> None:
        address = drivers.parse_url("postgresql+psycopg://me:p%40ss@localhost/db", "postgresql")
        assert address == Address("127.0.0.1", 5432, "me", "p@ss", "db")

    @pytest.mark.parametrize("text", ["mysql://h/d", "postgresql:///d", "postgresql://h/d?a=b"])
    def test_what_is_no_url_is_refused(self, text: str) -> None:
        with pytest.raises(drivers.AddressError, match="expected postgresql://"):
            drivers.parse_url(text, "postgresql")

    def test_a_missing_driver_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "MySQLdb", None)
        with pytest.raises(drivers.DriverMissingError, match="client headers"):
            drivers.load("mysqlclient")


class TestRun:
    @pytest.mark.parametrize("outcome", [Missing("why"), Running(Address("h", 1), "1", "x", "id")])
    def test_an_outcome_survives_its_record(self, outcome: run.Outcome) -> None:
        assert run.from_json(run.to_json(outcome)) == outcome

    def test_a_living_owner_is_not_abandoned(self) -> None:
        assert not run.abandoned(run.owner_of(os.getpid()))

    def test_a_dead_owner_is_abandoned(self) -> None:
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
            owner = run.owner_of(process.pid)
            assert not run.abandoned(owner)
            process.communicate(b"\n")
        assert run.abandoned(owner)

    def test_nothing_is_known_of_another_hosts_owner(self) -> None:
        assert not run.abandoned("elsewhere.example:1:1")

    def test_a_server_that_cannot_be_reached_says_why_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def refuse() -> None:
            asked.append("engine")
            raise engine.EngineUnavailableError("no engine\nhere")

        monkeypatch.setattr(engine, "ensure_engine", refuse)
        outcomes = Run(tmp_path, "owner").bring_up(servers.CONTAINERS)
        assert set(outcomes.values()) == {Missing("no engine here")}
        assert asked == ["engine"]


class TestTable:
    def test_columns_and_reasons(self) -> None:
        tally = Tally(passed=2)
        tally.skips.update(["rare", "common", "common"])
        first, row, more = lines([Row("mysql", "pymysql", "9.1 (mysql-9)", tally)])
        assert first.split() == [
            "dialect",
            "driver",
            "server",
            "passed",
            "failed",
            "skipped",
            "why",
            "skipped",
        ]
        assert row.split()[-3:] == ["2", "×", "common"]
        assert more.strip() == "1 × rare"

    def test_reason_of_a_report_that_is_no_skip(self) -> None:
        assert reason_of(None) == ""


def test_this_machine_shows_no_path_or_host_in_the_recipes() -> None:
    texts = [path.read_text() for path in images.RECIPES.rglob("*") if path.is_file()]
    assert not any("://" in text for text in texts)


def test_recorded_outcomes_are_plain_json() -> None:
    fields: dict[str, Any] = json.loads(run.to_json(Missing("x")))
    assert fields == {"reason": "x"}
