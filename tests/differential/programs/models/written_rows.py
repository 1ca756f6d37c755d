"""Classes whose columns have defaults of each kind, and the rows of a table as they are."""

from typing import Optional

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column


class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[Optional[str]] = mapped_column("col_a")
    b: Mapped[Optional[int]] = mapped_column(default=5)
    c: Mapped[Optional[int]] = mapped_column(server_default="9")
    d: Mapped[Optional[int]] = mapped_column(onupdate=77)


class TU(Base):
    __tablename__ = "tu"
    id: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[str] = mapped_column(unique=True)
    v: Mapped[Optional[int]]


Base.metadata.create_all(engine)


def table(n="t"):
    return [tuple(r) for r in s.connection().execute(text(f"select * from {n} order by 1"))]
