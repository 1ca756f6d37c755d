"""uv is told where this machine's pip finds packages, and nobody else is."""

import pytest

from tools import index_settings


def test_the_environment_wins_over_files_as_it_does_for_pip() -> None:
    lines = [":env:.cert='/b.pem'", "global.cert='/a.pem'"]
    assert index_settings.merged(lines) == {"cert": ["/b.pem"]}


def test_every_extra_index_reaches_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"extra-index-url": ["https://a.example", "https://b.example"]}
    monkeypatch.setattr(index_settings, "pip_settings", lambda: settings)
    environment = index_settings.uv_environment({})
    assert environment["UV_INDEX"] == "https://a.example https://b.example"


def test_several_folders_of_wheels_are_separated_the_way_uv_wants(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_settings, "pip_settings", lambda: {"find-links": ["/a", "/b"]})
    assert index_settings.uv_environment({})["UV_FIND_LINKS"] == "/a,/b"


def test_what_the_caller_says_to_uv_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_settings, "pip_settings", lambda: {"find-links": ["/a"]})
    environment = index_settings.uv_environment({"UV_FIND_LINKS": "/mine"})
    assert environment["UV_FIND_LINKS"] == "/mine"
