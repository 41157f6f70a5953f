"""Draw the pictures in the README anew: `python tests/pictures.py`, from the root of the project."""

import io
import re
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from sigctl.cluster import load  # noqa: E402
from sigctl.commands.rota.shown import Shown, View  # noqa: E402
from sigctl.commands.rota.timetable import timetable  # noqa: E402
from sigctl.deliver import write  # noqa: E402
from sigctl.render import svg_picture  # noqa: E402
from sigctl.reports import rota_page  # noqa: E402
from sigctl.rota import plan_rota  # noqa: E402

FONT_FACES = re.compile(r"@font-face \{\{.*?\}\}\n?", re.DOTALL)
"""Rich loads its font from the net; a picture in a repository must not."""


DRAWN = {"calendar.svg": View.CALENDAR, "map.svg": View.MAP}
"""The views that the README shows, and their files beside the example."""


def planned(example: str) -> Shown:
    """The rota of an example."""
    cluster, _ = load(ROOT / "examples" / example)
    cycle = next(iter(cluster.cycles.values()))
    return Shown(cluster, cycle, rota_page(cluster, cycle, plan_rota(cluster, cycle)))


def picture(shown: Shown) -> str:
    """A rota as the terminal shows it, as SVG."""
    console = Console(record=True, width=126, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print("$ sigctl rota --lang en", style="dim", highlight=False)
    console.print(timetable(shown.page, "en", console.width))
    drawn = console.export_svg(title="sigctl", theme=SVG_EXPORT_THEME, code_format=FONT_FACES.sub("", CONSOLE_SVG_FORMAT), unique_id="rota")
    return re.sub("<!--.*?-->", "", drawn).replace("Fira Code", "DejaVu Sans Mono")


if __name__ == "__main__":
    folder = ROOT / "examples" / "conwy-seven"
    shown = planned("conwy-seven")
    pictures = {"rota.svg": picture(shown)} | {name: svg_picture(view, ["en"], shown.report(view)) for name, view in DRAWN.items()}
    for name, text in pictures.items():
        print(f"{(folder / name).relative_to(ROOT)}: {write(folder / name, text)}")
