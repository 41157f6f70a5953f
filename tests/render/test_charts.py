"""The charts of the reports: compared whole, readable without eyes, and never wider than what they hold.

`python -m pytest tests/render/test_charts.py --update` draws them anew; look at them before you commit them.
"""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lived
import pytest

from sigctl.render import can_make_png, png_picture, svg_picture
from sigctl.reports.groups.criteria import CriterionLine, ReadingLine
from sigctl.reports.groups.report import working_groups
from sigctl.words import same

FOLDER = Path(__file__).parent / "charts"
NAMES = ("attendance", "criterion")


def chart(folder: Path, name: str) -> Any:
    cluster = lived.cluster_of(folder)
    [section] = working_groups(cluster, [cluster.groups["presence"]], lived.TODAY, lived.TODAY).groups
    return section if name == "attendance" else section.criteria[0]


def line(*values: float, baseline: float | None = None, target: float | None = None, name: str = "C") -> CriterionLine:
    readings = tuple(ReadingLine(date(2025, 1 + number % 12, 1 + number // 12), value) for number, value in enumerate(values))
    return CriterionLine("c", same(name), same(""), baseline, target, None, readings, lived.TODAY)


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_chart(tmp_path: Path, name: str, language: Any, request: pytest.FixtureRequest) -> None:
    file, svg = FOLDER / f"{name}.{language}.svg", svg_picture(name, [language], chart(tmp_path, name))
    if request.config.getoption("--update"):
        file.write_text(svg, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == svg


def test_no_chart_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.{language}.svg" for name in NAMES for language in ("cy", "en")}


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_can_be_read_out(tmp_path: Path, name: str) -> None:
    root = ElementTree.fromstring(svg_picture(name, ["cy"], chart(tmp_path, name)))
    assert (root.get("role"), root.get("lang")) == ("img", "cy")
    assert [child.tag.split("}")[1] for child in root][:2] == ["title", "desc"]
    assert all(child.text and child.text.strip() for child in list(root)[:2])
    assert "'Source Sans 3'" in (root.get("font-family") or "")


def test_each_figure_stands_in_the_chart(tmp_path: Path) -> None:
    said = texts(svg_picture("criterion", ["en"], chart(tmp_path, "criterion")))
    assert {"93.1", "94.2", "Target 95", "Baseline 92.4"} <= set(said)
    bars = texts(svg_picture("attendance", ["en"], chart(tmp_path, "attendance")))
    assert {"Seaside School", "100%", "0%", "apologies", "no word", "substitute", "not in the minutes"} <= set(bars)


@pytest.mark.parametrize(
    "drawn",
    [
        line(3, target=3),
        line(3, baseline=3, target=3),
        line(-2, -5, baseline=0),
        line(*range(40), target=1000),
        line(0.001, 0.002, target=1_000_000),
        line(4, baseline=1, name="A & B <i> " + "long " * 60),
    ],
)
def test_odd_figures_can_be_drawn(drawn: CriterionLine) -> None:
    root = ElementTree.fromstring(svg_picture("criterion", ["cy"], drawn))
    assert 0 < float(root.get("width") or 0) < 1200
    if can_make_png():
        assert png_picture(svg_picture("criterion", ["en"], drawn)).startswith(b"\x89PNG")


def test_months_below_do_not_collide() -> None:
    svg = svg_picture("criterion", ["en"], line(*range(24), target=30))
    months = [each for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text") if (each.text or "").endswith("2025")]
    places = sorted(float(each.get("x") or 0) for each in months)
    assert len(places) > 2
    assert all(later - earlier >= 80 for earlier, later in pairwise(places))
