"""Who does not use asyncio needs no greenlet, and loads nothing of this part."""

from __future__ import annotations

import subprocess
import sys


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert not done.stderr, done.stderr
    return done.stdout.strip()


WITHOUT = "import sys; sys.modules['greenlet'] = None\n"


def test_a_program_that_blocks_loads_neither_greenlet_nor_asyncio_nor_this_part() -> None:
    loaded = run(
        "import sys, toolkit, toolkit.pool, toolkit.engine, toolkit.util\n"
        "engine = toolkit.create_engine('sqlite://')\n"
        "with engine.connect() as connection:\n"
        "    connection.execute(toolkit.select(toolkit.literal(1))).all()\n"
        "print([n for n in sys.modules if n in ('asyncio', 'greenlet', 'toolkit_core.aio')])"
    )
    assert loaded == "[]"


def test_without_greenlet_all_that_blocks_works() -> None:
    found = run(
        f"{WITHOUT}import toolkit, toolkit.pool\n"
        "with toolkit.create_engine('sqlite://').connect() as connection:\n"
        "    print(connection.scalar(toolkit.text('select 5')))\n"
        "print(toolkit.pool.AsyncAdaptedQueuePool.__name__)"
    )
    assert found.split() == ["5", "AsyncAdaptedQueuePool"]


def test_without_greenlet_the_error_names_what_to_install() -> None:
    for statement in (
        "from toolkit.ext.asyncio import create_async_engine",
        "from toolkit.util import greenlet_spawn",
        "import toolkit; toolkit.create_engine('sqlite+aiosqlite://')",
    ):
        found = run(
            f"{WITHOUT}\ntry:\n    {statement}\nexcept ImportError as error:\n"
            "    print(type(error).__name__, error)"
        )
        assert found.startswith("MissingDriverError"), statement
        assert "'greenlet'" in found
        assert 'pip install "toolkit[asyncio]"' in found


def test_without_aiosqlite_the_error_names_what_to_install() -> None:
    found = run(
        "import sys; sys.modules['aiosqlite'] = None\n"
        "from toolkit.ext.asyncio import create_async_engine\n"
        "try:\n    create_async_engine('sqlite+aiosqlite://')\n"
        "except ImportError as error:\n    print(error)"
    )
    assert 'pip install "toolkit[aiosqlite]"' in found
