"""A dialect that is not installed is named, with the command that installs it."""

import pytest

from tests.packaging import probe
from tests.packaging.workshop import Environment
from tools.distributions import Distribution


def message(environment: Environment, url: str) -> str:
    return environment.execute(probe.CONNECTS.format(url=url)).strip()


@pytest.mark.parametrize(
    ("url", "extra"),
    [
        ("postgresql://scott:tiger@localhost/test", "postgresql"),
        ("postgresql+psycopg://localhost/test", "postgresql"),
        ("mysql+pymysql://localhost/test", "mysql"),
        ("mariadb://localhost/test", "mariadb"),
        ("oracle://localhost/?service_name=FREEPDB1", "oracle"),
    ],
)
def test_an_absent_dialect_is_answered_with_the_command_that_installs_it(
    plain: Environment, ours: list[Distribution], url: str, extra: str
) -> None:
    answer = message(plain, url)
    assert f'pip install "toolkit[{extra}]"' in answer
    face = next(each for each in ours if each.name == "toolkit")
    assert extra in face.project["optional-dependencies"], "the command would install nothing"


def test_sqlite_itself_may_be_absent(bare: Environment) -> None:
    answer = message(bare, "sqlite://")
    assert 'pip install "toolkit-sqlite"' in answer


def test_the_face_imports_without_any_dialect(bare: Environment) -> None:
    assert "toolkit" in bare.execute("import toolkit; print(toolkit.__name__)")


def test_an_absent_dialect_never_shows_the_password(plain: Environment) -> None:
    assert "tiger" not in message(plain, "postgresql://scott:tiger@localhost/test")
