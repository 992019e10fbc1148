"""Gradio loaded in half the time.

Each time it is imported, Gradio 6 reads, parses and compares the source of every component,
to write type stubs for editors beside its own files: a second of the processor, of two. A
user's installation has no use for them, and may be read-only.
"""

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_WRITES_STUBS, _BY = "gradio.component_meta", "create_or_modify_pyi"


def load_gradio() -> None:
    """Import Gradio without its writing of stubs; where it is imported already, do nothing."""
    if "gradio" in sys.modules:
        return
    finder = _WithoutStubs()
    sys.meta_path.insert(0, finder)
    try:
        importlib.import_module("gradio")
    finally:
        sys.meta_path.remove(finder)


class _WithoutStubs(MetaPathFinder):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname != _WRITES_STUBS:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    def __init__(self, real: Loader) -> None:
        self._real = real

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._real.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._real.exec_module(module)
        if hasattr(module, _BY):
            setattr(module, _BY, _write_nothing)


def _write_nothing(*_: object) -> None:
    pass
