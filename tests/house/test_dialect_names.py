"""The kernel may carry a dialect's name, and never branch on it."""

import pytest

from tests.house.conftest import Plant
from tools import dialect_names


@pytest.mark.parametrize(
    "code",
    [
        "if dialect.name == 'sqlite': pass",
        "if 'mysql' != self.dialect.name: pass",
        "if bind.dialect.name in ('mysql', 'mariadb'): pass",
        "match engine.dialect.name:\n    case 'oracle': pass",
        "x = {'oracle': 1}[dialect.name]",
        "if dialect.name.startswith('my'): pass",
        "if dialect_name == 'oracle': pass",
    ],
)
def test_a_question_for_the_name_is_found(plant: Plant, code: str) -> None:
    root = plant({"core/toolkit_core/x.py": f"\n{code}\n"})
    (finding,) = dialect_names.check(root)
    assert finding.place == "core/toolkit_core/x.py:2"


@pytest.mark.parametrize(
    "code",
    [
        "if dialect.capabilities.returning: pass",
        "message = f'{dialect.name} has no RETURNING'",
        "if column.name == 'id': pass",
    ],
)
def test_a_capability_or_a_message_is_fine(plant: Plant, code: str) -> None:
    assert dialect_names.check(plant({"orm/toolkit_orm/x.py": f"{code}\n"})) == []


def test_a_dialect_may_know_its_own_name(plant: Plant) -> None:
    code = "if dialect.name == 'mariadb': pass\n"
    assert dialect_names.check(plant({"dialects/mysql/toolkit_mysql/x.py": code})) == []
