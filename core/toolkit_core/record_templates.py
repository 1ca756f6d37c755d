"""``__init__`` of records with so many fields: here, Python keeps them compiled.

``records.py`` takes their code and puts the names of the fields in the place of these.  Each is
what it would compile itself, which a test compares; a record of more fields is compiled there.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _init_1(self: Any, field0: Any) -> None:
    self.field0 = field0


def _init_2(self: Any, field0: Any, field1: Any) -> None:
    self.field0 = field0
    self.field1 = field1


def _init_3(self: Any, field0: Any, field1: Any, field2: Any) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2


def _init_4(self: Any, field0: Any, field1: Any, field2: Any, field3: Any) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3


def _init_5(self: Any, field0: Any, field1: Any, field2: Any, field3: Any, field4: Any) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4


def _init_6(
    self: Any, field0: Any, field1: Any, field2: Any, field3: Any, field4: Any, field5: Any
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5


def _init_7(
    self: Any,
    field0: Any,
    field1: Any,
    field2: Any,
    field3: Any,
    field4: Any,
    field5: Any,
    field6: Any,
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5
    self.field6 = field6


def _init_8(
    self: Any,
    field0: Any,
    field1: Any,
    field2: Any,
    field3: Any,
    field4: Any,
    field5: Any,
    field6: Any,
    field7: Any,
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5
    self.field6 = field6
    self.field7 = field7


def _init_9(
    self: Any,
    field0: Any,
    field1: Any,
    field2: Any,
    field3: Any,
    field4: Any,
    field5: Any,
    field6: Any,
    field7: Any,
    field8: Any,
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5
    self.field6 = field6
    self.field7 = field7
    self.field8 = field8


def _init_10(
    self: Any,
    field0: Any,
    field1: Any,
    field2: Any,
    field3: Any,
    field4: Any,
    field5: Any,
    field6: Any,
    field7: Any,
    field8: Any,
    field9: Any,
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5
    self.field6 = field6
    self.field7 = field7
    self.field8 = field8
    self.field9 = field9


def _init_11(
    self: Any,
    field0: Any,
    field1: Any,
    field2: Any,
    field3: Any,
    field4: Any,
    field5: Any,
    field6: Any,
    field7: Any,
    field8: Any,
    field9: Any,
    field10: Any,
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5
    self.field6 = field6
    self.field7 = field7
    self.field8 = field8
    self.field9 = field9
    self.field10 = field10


def _init_12(
    self: Any,
    field0: Any,
    field1: Any,
    field2: Any,
    field3: Any,
    field4: Any,
    field5: Any,
    field6: Any,
    field7: Any,
    field8: Any,
    field9: Any,
    field10: Any,
    field11: Any,
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5
    self.field6 = field6
    self.field7 = field7
    self.field8 = field8
    self.field9 = field9
    self.field10 = field10
    self.field11 = field11


def _init_13(
    self: Any,
    field0: Any,
    field1: Any,
    field2: Any,
    field3: Any,
    field4: Any,
    field5: Any,
    field6: Any,
    field7: Any,
    field8: Any,
    field9: Any,
    field10: Any,
    field11: Any,
    field12: Any,
) -> None:
    self.field0 = field0
    self.field1 = field1
    self.field2 = field2
    self.field3 = field3
    self.field4 = field4
    self.field5 = field5
    self.field6 = field6
    self.field7 = field7
    self.field8 = field8
    self.field9 = field9
    self.field10 = field10
    self.field11 = field11
    self.field12 = field12


INITS = (
    _init_1,
    _init_2,
    _init_3,
    _init_4,
    _init_5,
    _init_6,
    _init_7,
    _init_8,
    _init_9,
    _init_10,
    _init_11,
    _init_12,
    _init_13,
)
