"""What an engine and its siblings share: URL, dialect, pool, cache, log."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_core.compiler.cache import CompiledCache
from toolkit_core.dialect import Dialect, Driver
from toolkit_core.engine.log import EngineLog
from toolkit_core.immutabledict import EMPTY
from toolkit_core.plugins import Hooks
from toolkit_core.pool import Pool
from toolkit_core.url import URL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.compiler.compiled import Compiled


class EngineParts:
    """The one mutable thing behind an engine; everything in it that can be is frozen."""

    __slots__ = (
        "attentive",
        "cache",
        "dialect",
        "driver",
        "engine_isolation",
        "error_class",
        "explicit_begin",
        "from_linting",
        "hide_parameters",
        "hooks",
        "log",
        "page_size",
        "paramstyle",
        "pool",
        "skip_autocommit_rollback",
        "url",
    )

    def __init__(
        self,
        *,
        url: URL,
        dialect: Dialect,
        pool: Pool,
        cache_size: int,
        log: EngineLog,
        hooks: Hooks,
        hide_parameters: bool,
        isolation: str | None,
        skip_autocommit_rollback: bool,
        page_size: int,
        from_linting: bool,
    ) -> None:
        self.url = url
        self.pool = pool
        self.log = log
        self.hooks = hooks
        self.hide_parameters = hide_parameters
        self.engine_isolation = isolation
        self.skip_autocommit_rollback = skip_autocommit_rollback
        # How many rows one INSERT that returns something may have.
        self.page_size = page_size
        # Whether a SELECT of sources that nothing links gives a warning.
        self.from_linting = from_linting
        self.cache: CompiledCache[Compiled] = CompiledCache(cache_size)
        self.driver: Driver = dialect.glue
        self.error_class: type[BaseException] = dialect.glue.module.Error
        self.paramstyle = dialect.style.paramstyle
        # Most drivers begin by themselves: then nothing is called at all.
        self.explicit_begin = dialect.glue.begins_explicitly
        # Whether no statement may take the short way.
        self.attentive = dialect.glue.wants_input_sizes
        self.dialect = dialect

    @property
    def default_isolation(self) -> str | None:
        """The isolation level that a connection goes back to the pool with."""
        return self.engine_isolation or self.dialect.default_isolation_level


NO_OPTIONS: Mapping[str, Any] = EMPTY
