"""Pictures: compared whole, well-formed, in their language, with every name as it is; and the same as PNG each time.

`python -m pytest tests/render --update` draws the pictures anew; look at them before you commit them.
"""

import re
import struct
import zlib
from itertools import combinations
from pathlib import Path
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree

import pytest
from viewed import FILES, renamed, shown

from sigctl.commands.rota.shown import Shown, View
from sigctl.render import png_picture, svg_picture
from sigctl.render.curves import ribbon
from sigctl.render.placing import Box, placed
from sigctl.render.widths import text_width, wrapped

FOLDER = Path(__file__).parent / "pictures"
DRAWN = [view for view in View if view not in (View.DATES, View.SCHOOLS)]
NAUGHTY = ["Ysgol [/foo]", "A & B <i>", "{{ 7*7 }}", "{% raw %}", normalize("NFD", "Ysgol Tŷ Ŵyr"), "]]> <!-- --", '\'" onload="x']
EMPTY = "rotas:\n  - {cycle: round-4, status: published, visits: []}\n"


def drawn(small: Shown, view: View, *languages: Any) -> str:
    return svg_picture(view, languages, small.report(view))


def texts(svg: str, *tags: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.tag.split("}")[1] in tags]


@pytest.fixture
def small(tmp_path: Path) -> Shown:
    return shown(tmp_path)


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("view", DRAWN)
def test_picture(small: Shown, view: View, language: str, request: pytest.FixtureRequest) -> None:
    file = FOLDER / f"{view}.{language}.svg"
    svg = drawn(small, view, language)
    if request.config.getoption("--update"):
        file.write_text(svg, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == svg


def test_no_picture_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{view}.{language}.svg" for view in DRAWN for language in ("cy", "en")}


@pytest.mark.parametrize("view", DRAWN)
def test_a_picture_can_be_read_out(small: Shown, view: View) -> None:
    svg = drawn(small, view, "cy")
    root = ElementTree.fromstring(svg)
    assert (root.get("role"), root.get("lang")) == ("img", "cy")
    assert [child.tag.split("}")[1] for child in root][:2] == ["title", "desc"]
    assert all(child.text and child.text.strip() for child in list(root)[:2])
    assert "'Source Sans 3'" in (root.get("font-family") or "")
    assert (root.get("font-family") or "").endswith("sans-serif")


@pytest.mark.parametrize("view", DRAWN)
def test_two_languages_stand_one_below_the_other_with_the_first_first(small: Shown, view: View) -> None:
    root = ElementTree.fromstring(drawn(small, view, "cy", "en"))
    first, second = (child for child in root if child.tag.endswith("}svg"))
    assert (first.get("lang"), second.get("lang")) == ("cy", "en")
    assert float(second.get("y") or 0) == float(first.get("height") or 0) > 0
    assert float(root.get("height") or 0) == float(first.get("height") or 0) + float(second.get("height") or 0)


@pytest.mark.parametrize("view", DRAWN)
@pytest.mark.parametrize("name", NAUGHTY)
def test_a_name_comes_out_as_it_is(tmp_path: Path, view: View, name: str) -> None:
    svg = drawn(shown(tmp_path, renamed(name)), view, "en")
    wanted = normalize("NFC", name)
    assert any(wanted in normalize("NFC", text) for text in texts(svg, "text", "title"))
    assert "<script" not in svg
    assert "49" not in re.findall(r">([^<]*)<", svg)


@pytest.mark.parametrize("view", DRAWN)
def test_a_rota_without_visits_can_be_drawn(tmp_path: Path, view: View) -> None:
    picture = ElementTree.fromstring(drawn(shown(tmp_path, {**FILES, "rotas/round-4.yaml": EMPTY}), view, "cy", "en"))
    assert picture.attrib["role"] == "img"


@pytest.mark.parametrize("view", [View.CALENDAR, View.PEOPLE, View.STAGES])
def test_where_visits_are_listed_everything_is_said_of_them(small: Shown, view: View) -> None:
    said = " ".join(texts(drawn(small, view, "en"), "text"))
    assert "done; locked by publishing" in said
    assert "Reserve: Headteacher, Dan-y-graig School" in said
    assert "Workshop: Wed 2 Dec (Siân Ŵyn, Seaside School)" in said
    assert "Locked by hand: begins Tue 24 Nov (secretary: the hall is booked; until 1 December 2026)" in said


def test_cells_say_who_is_meant(small: Shown) -> None:
    titles = texts(drawn(small, View.CALENDAR, "en"), "title")
    assert any("Headteacher; Deputy headteacher" in title and "Bryn" in title for title in titles)
    assert "Dan-y-graig School, Fri 20 Nov: INSET day" in titles
    assert any("\u2192" in title and "4" in title for title in texts(drawn(small, View.MATRIX, "en"), "title"))


@pytest.mark.parametrize("view", DRAWN)
def test_a_png_is_twice_as_dense_white_and_always_the_same(small: Shown, view: View) -> None:
    pytest.importorskip("typst")
    svg = drawn(small, view, "cy")
    png = png_picture(svg)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, _, kind = struct.unpack(">IIBB", png[16:26])
    root = ElementTree.fromstring(svg)
    assert (width, height) == (2 * int(root.get("width") or 0), 2 * int(root.get("height") or 0))
    assert struct.unpack(">IIB", png[png.index(b"pHYs") + 4 :][:9]) == (7559, 7559, 1)
    assert set(_first_pixel(png, {2: 3, 6: 4}[kind])) == {255}
    assert png_picture(svg) == png


def _first_pixel(png: bytes, size: int) -> bytes:
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    return zlib.decompress(data)[1 : 1 + size]


def test_labels_of_near_places_do_not_collide() -> None:
    dots = [(400.0 + 9 * (place % 5), 300.0 + 11 * (place // 5)) for place in range(12)]
    frame = Box(0, 0, 900, 700)
    labels = placed(dots, [(150.0, 18.0)] * len(dots), 7, frame)
    assert not [pair for pair in combinations(labels, 2) if pair[0].box.overlap(pair[1].box)]
    for label in labels:
        assert label.box.overlap(frame) == pytest.approx(label.box.width * label.box.height)
        assert not any(label.box.overlap(Box(x - 7, y - 7, 14, 14)) for x, y in dots)


def test_there_and_back_are_two_curves() -> None:
    there, back = ribbon((0, 0), (100, 0), 4, 5), ribbon((100, 0), (0, 0), 4, 5)
    assert there.points[4][1] * back.points[4][1] < 0
    assert ribbon((5, 5), (5, 5), 4, 5).path


def test_text_is_folded_to_a_width_and_no_word_is_lost() -> None:
    text = "Pennaeth cynorthwyol, Ysgol Gyfun Gymraeg Llangynwyd"
    lines = wrapped(text, 13, 180)
    assert " ".join(lines) == text
    assert all(text_width(line, 13) <= 180 for line in lines)
    assert text_width(normalize("NFD", "Tŷ Ŵyr"), 13) == text_width("Tŷ Ŵyr", 13)
