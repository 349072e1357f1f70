"""The C declarations of Pango and cairo, parsed once and kept: 0.07 s at start instead of 0.33 s.

pangocffi, pangocairocffi and cairocffi parse two thousand lines of C each time they are imported.
cffi can write the result down as a Python module (its "out-of-line ABI mode"), which loads in
milliseconds; we keep those modules under build/ and hand them to the bindings in place of their
own. Without them everything works, only later.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parents[2] / "build" / "typeset"

# The four functions that the bindings lack: a fontconfig of our own, and Pango told to use it.
_OURS = """
void *FcConfigCreate(void);
int FcConfigAppFontAddFile(void *config, const unsigned char *file);
int FcConfigAppFontAddDir(void *config, const unsigned char *folder);
void pango_fc_font_map_set_config(void *font_map, void *config);
"""
_SOURCES = {
    "cairocffi": ("ffi.py",),
    "pangocffi": ("c_definitions_glib.txt", "c_definitions_pango.txt"),
    "pangocairocffi": ("c_definitions_cairo.txt", "c_definitions_pangocairo.txt"),
}
# Kept module -> the binding's module whose place it takes; in the order that they need each other.
_PLACES = {
    "yoursay_declared_cairo": "cairocffi.ffi",
    "yoursay_declared_pango": "pangocffi.ffi_build",
    "yoursay_declared_pangocairo": "pangocairocffi.ffi_build",
}
_OWN = "yoursay_declared_own"


def own_ffi() -> Any:
    """A cffi instance that declares our four functions."""
    folder = _folder()
    if (folder / f"{_OWN}.py").is_file():
        return _load(folder / f"{_OWN}.py", _OWN).ffi
    from cffi import FFI

    ffi = FFI()
    ffi.cdef(_OURS)
    return ffi


def hand_over() -> bool:
    """Put the kept declarations in the bindings' places, before those are imported; False if none."""
    folder = _folder()
    if not all((folder / f"{name}.py").is_file() for name in _PLACES):
        return False
    for name, place in _PLACES.items():
        sys.modules[place] = _load(folder / f"{name}.py", name)
    return True


def prepare() -> Path | None:
    """Parse the declarations and keep them. Gives the folder; None where nothing can be written.

    Takes about a second. Called when Your Say is built, and after any start that found nothing.
    """
    folder = _folder()
    if folder.is_dir():
        return folder
    try:
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as made:
            _write(Path(made) / "all")
            (Path(made) / "all").rename(folder)  # whole or not at all; another process may be at it
    except OSError:
        return folder if folder.is_dir() else None
    return folder


def _write(folder: Path) -> None:
    from cffi import FFI, recompiler

    # Parsed afresh, under another name: in this process the kept one may stand in its place.
    (cairo_source,) = _source_files("cairocffi")
    cairo = _load(cairo_source, "cairocffi.yoursay_source").ffi
    pango, pangocairo, own = FFI(), FFI(), FFI()
    for file in _source_files("pangocffi"):
        pango.cdef(file.read_text("utf-8"))
    pangocairo.include(pango)
    for file in _source_files("pangocairocffi"):
        pangocairo.cdef(file.read_text("utf-8"))
    own.cdef(_OURS)
    folder.mkdir()
    for name, ffi in zip((*_PLACES, _OWN), (cairo, pango, pangocairo, own), strict=True):
        ffi.set_source(name, None)
        recompiler.make_py_source(ffi, name, str(folder / f"{name}.py"))


def _folder() -> Path:
    """Where this very set of bindings is kept: other versions, another folder."""
    seen = [repr(sys.version_info), _OURS]
    for package in _SOURCES:
        for file in _source_files(package):
            stat = file.stat()
            seen.append(f"{file.name} {stat.st_size} {stat.st_mtime_ns}")
    return KEPT / f"declared-{zlib.crc32(os.fsencode(';'.join(seen))):08x}"


def _source_files(package: str) -> list[Path]:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package, name=package)
    return [Path(found.origin).parent / name for name in _SOURCES[package]]


def _load(file: Path, name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # pangocairo's imports pango's by name
    spec.loader.exec_module(module)
    return module
