"""The C libraries that set type: Pango, cairo and fontconfig, loaded once.

pangocffi and pangocairocffi declare most of what we need; the four functions that they lack, which
make a private fontconfig of our own, are declared in `declared`. Everything else in `kiosk.typeset`
takes the libraries from this module, so that their oddities are met in one place:

- their import leaves four files open (a ResourceWarning each) and asks `ldconfig` or the compiler
  for library names, a process at a time. We know the names, so no process is started.
- pointers of one cffi instance are not accepted by another: `as_pango()` carries them over.
"""

from __future__ import annotations

import ctypes.util
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.errors import ContentFaulty
from kiosk.typeset import declared

# What the bindings ask for -> the file's soname, as in Debian and Ubuntu.
_SONAMES = {
    "cairo": "libcairo.so.2",
    "cairo-2": "libcairo.so.2",
    "pango": "libpango-1.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "gobject-2.0": "libgobject-2.0.so.0",
    "glib-2.0": "libglib-2.0.so.0",
    "pangocairo-1.0": "libpangocairo-1.0.so.0",
}


_FONTCONFIG, _PANGOFT2 = "libfontconfig.so.1", "libpangoft2-1.0.so.0"

# At the end of the process Python unloads libraries and frees layouts in no set order; freeing one
# through a library that has gone is a crash. So they are never unloaded.
_own = declared.own_ffi()
_STAY = os.RTLD_NOW | os.RTLD_NODELETE


def _soname(name: str) -> str | None:
    """The file that holds library `name`, without asking another process for it."""
    return _SONAMES.get(name.removeprefix("lib"))


@contextmanager
def _quick_names() -> Iterator[None]:
    """Answer `ctypes.util.find_library` from our own table while the bindings are imported."""
    slow = ctypes.util.find_library
    ctypes.util.find_library = _soname
    try:
        yield
    finally:
        ctypes.util.find_library = slow


def _stay_loaded() -> None:
    """Load every library for good. Raises ContentFaulty (file) for one that is missing."""
    for name in sorted({*_SONAMES.values(), _FONTCONFIG, _PANGOFT2}):
        try:
            _own.dlopen(name, _STAY)
        except OSError as missing:
            raise ContentFaulty(file=name, what="library_missing") from missing


def _load() -> tuple[Any, Any, Any]:
    """Import the three bindings. Raises ContentFaulty when a system library is missing."""
    with warnings.catch_warnings(), _quick_names():
        _stay_loaded()
        kept = declared.hand_over()
        # The filter must still hold when the forgotten file objects are collected, which CPython
        # does at once, inside the import.
        warnings.filterwarnings("ignore", category=ResourceWarning)
        import cairocffi
        import pangocairocffi
        import pangocffi

        if not kept:
            declared.prepare()
    return cairocffi, pangocffi, pangocairocffi


cairocffi, pangocffi, pangocairocffi = _load()
pango = pangocffi.pango
pangocairo = pangocairocffi.pangocairo
ffi = pangocffi.ffi
UNITS = 1024  # Pango units in one pixel or point

_fontconfig: Any = _own.dlopen(_FONTCONFIG)
_pangoft2: Any = _own.dlopen(_PANGOFT2)


def as_pango(kind: str, pointer: Any) -> Any:
    """`pointer`, of whichever cffi instance, as pangocffi's C type `kind` ("PangoContext *")."""
    return ffi.cast(kind, int(ffi.cast("uintptr_t", pointer)))


def private_fonts(files: list[str]) -> Any:
    """A fontconfig that knows these font files and nothing else, not even the system's settings.

    Files are added one by one, never by folder: only scanning a folder uses fontconfig's cache on
    disk. Raises ContentFaulty (file, what="font_unreadable") for a file that is not a font.
    """
    config = _fontconfig.FcConfigCreate()
    for file in files:
        if not _fontconfig.FcConfigAppFontAddFile(config, os.fsencode(file)):
            raise ContentFaulty(file=Path(file).name, what="font_unreadable")
    return config


def new_font_map(config: Any) -> Any:
    """A Pango font map on `config`, as a collected `PangoFontMap *`. Use it from one thread."""
    made = as_pango("PangoFontMap *", pangocairo.pango_cairo_font_map_new())
    font_map = ffi.gc(made, pangocffi.gobject.g_object_unref)
    address = int(ffi.cast("uintptr_t", font_map))
    _pangoft2.pango_fc_font_map_set_config(_own.cast("void *", address), config)
    return font_map


def new_context(font_map: Any, language: str, rtl: bool) -> Any:
    """A `PangoContext *` for text of `language` that starts from the right or the left.

    Grey antialiasing, no hinting and no rounding: a line is as long on paper as on the screen, and
    growing the type never changes where lines break.
    """
    made = pango.pango_font_map_create_context(font_map)
    context = ffi.gc(made, pangocffi.gobject.g_object_unref)
    options = cairocffi.FontOptions()
    options.set_antialias(cairocffi.ANTIALIAS_GRAY)
    options.set_hint_style(cairocffi.HINT_STYLE_NONE)
    options.set_hint_metrics(cairocffi.HINT_METRICS_OFF)
    pangocairo.pango_cairo_context_set_font_options(context, options._pointer)
    pango.pango_context_set_round_glyph_positions(context, 0)
    direction = pango.PANGO_DIRECTION_RTL if rtl else pango.PANGO_DIRECTION_LTR
    pango.pango_context_set_base_dir(context, direction)
    tag = pango.pango_language_from_string(language.encode())
    pango.pango_context_set_language(context, tag)
    return context


def show_line(context: Any, line: Any) -> None:
    """Draw a `PangoLayoutLine *`, its baseline at the current point of a cairocffi context."""
    pangocairo.pango_cairo_show_layout_line(context._pointer, line)


def coverage(w: int, h: int, lines: list[tuple[Any, float, float]]) -> bytes:
    """How much ink of (line, x, baseline) each pixel of w × h has, 0 to 255, top row first.

    Straight to cairo: every word on a screen comes through here. `ADD` gives the same pixels on an
    empty surface and is four times as fast as cairo's usual operator, which sets letters that touch
    aside in a mask of their own first. Raises MemoryError where cairo has no memory for it.
    """
    cairo, show = cairocffi.cairo, pangocairo.pango_cairo_show_layout_line
    surface = cairo.cairo_image_surface_create(cairocffi.FORMAT_A8, w, h)
    context = cairo.cairo_create(surface)
    try:
        cairo.cairo_set_operator(context, cairocffi.OPERATOR_ADD)
        for line, x, baseline in lines:
            cairo.cairo_move_to(context, x, baseline)
            show(context, line)
        cairo.cairo_surface_flush(surface)
        if cairo.cairo_status(context) or cairo.cairo_surface_status(surface):
            raise MemoryError
        stride = cairo.cairo_image_surface_get_stride(surface)
        rows = cairocffi.ffi.buffer(cairo.cairo_image_surface_get_data(surface), stride * h)
        return tight(bytes(rows), w, h, stride)
    finally:
        cairo.cairo_destroy(context)
        cairo.cairo_surface_destroy(surface)


def tight(rows: bytes, w: int, h: int, stride: int) -> bytes:
    """Rows of w bytes each, from rows of `stride` bytes."""
    if stride == w:
        return rows
    return b"".join(rows[row : row + w] for row in range(0, stride * h, stride))
