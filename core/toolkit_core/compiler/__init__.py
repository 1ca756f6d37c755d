"""From statements to SQL: written once per shape, kept, and only filled with values after."""

from toolkit_core.compiler.cache import CompiledCache
from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.text import compile_text

__all__ = ["Compiled", "CompiledCache", "compile_text"]
