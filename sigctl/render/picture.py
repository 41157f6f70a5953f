"""A drawing as a PNG for papers and web pages: twice as dense as a screen, on white, the same bytes each time.

Typst draws it, with the fonts that stand beside this module and those of its own, never the machine's.
"""

import re
import struct
import zlib
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import typst

_DENSITY: Final = 192
"""Dots an inch: two for each pixel of the drawing."""
_PAGE: Final = b"""\
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.drawing), format: "svg", width: float(sys.inputs.width) * 0.75pt)
"""
_SIZE: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HEAD: Final = 33
"""Bytes of the signature and of the first chunk of a PNG."""


def can_make_png() -> bool:
    """Whether what makes a PNG is installed."""
    from importlib.util import find_spec

    return find_spec("typst") is not None


def png_picture(svg: str) -> bytes:
    """A drawing of ours as a PNG. Raises ImportError where Typst is not installed."""
    import typst

    width, _ = size_of(svg)
    drawn = typst.compile(_PAGE, font_paths=faces(), ignore_system_fonts=True, format="png", ppi=_DENSITY, sys_inputs=_inputs(svg, width))
    assert isinstance(drawn, bytes)
    return _with_density(drawn)


def is_drawing(svg: str) -> bool:
    """Whether this can be drawn at all; a cluster's own template may have spoilt it."""
    from xml.etree import ElementTree

    if not _SIZE.search(svg):
        return False
    try:
        ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return False
    return all(each > 0 for each in size_of(svg))


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of a drawing, in pixels."""
    found = _SIZE.search(svg)
    assert found, "a drawing of ours says how large it is"
    return float(found[1]), float(found[2])


def _inputs(svg: str, width: float) -> dict[str, str]:
    return {"drawing": svg, "width": f"{width:g}"}


@cache
def faces() -> "typst.Fonts":
    """The faces that drawings and papers are set in: ours and those of Typst, never the machine's."""
    import typst

    with as_file(files("sigctl.render") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def _with_density(png: bytes) -> bytes:
    """The picture, with a note how dense it is, so that a word processor shows it in its true size."""
    each_metre = round(_DENSITY / 0.0254)
    note = b"pHYs" + struct.pack(">IIB", each_metre, each_metre, 1)
    return png[:_HEAD] + struct.pack(">I", 9) + note + struct.pack(">I", zlib.crc32(note)) + png[_HEAD:]
