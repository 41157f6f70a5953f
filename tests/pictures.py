"""Draw the pictures in the READMEs anew: `python tests/pictures.py`, from the root of the project.

Pages of papers are drawn from their PDF by pdftoppm, of poppler-utils.
"""

import io
import re
import subprocess
import sys
import tempfile
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
from sigctl.reports.visits import rota_page  # noqa: E402
from sigctl.rota.planning import plan_rota  # noqa: E402

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


PAGES = {
    "agenda.png": ("agenda", "strategic"),
    "groups.png": ("report", "groups", "--lang", "en"),
    "programme.png": ("rota", "papers", "programmes", "--school", "porth"),
}
"""The first pages that the README of cynon-taf shows, and the commands that make them."""
CYNON_TAF = ROOT / "examples" / "cynon-taf"


def first_page(arguments: tuple[str, ...], file: Path) -> None:
    """The first page of a paper, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.pdf"
        command = [sys.executable, "-m", "sigctl", *arguments, "-q", "-w", str(CYNON_TAF), "--today", "2026-11-22", "--format", "pdf"]
        subprocess.run([*command, "-o", str(paper)], check=True, cwd=ROOT)
        subprocess.run(["pdftoppm", "-r", "80", "-png", "-singlefile", str(paper), str(file.with_suffix(""))], check=True)


if __name__ == "__main__":
    for name, arguments in PAGES.items():
        first_page(arguments, CYNON_TAF / name)
    folder = ROOT / "examples" / "conwy-seven"
    shown = planned("conwy-seven")
    pictures = {"rota.svg": picture(shown)} | {name: svg_picture(view, ["en"], shown.report(view)) for name, view in DRAWN.items()}
    for name, text in pictures.items():
        print(f"{(folder / name).relative_to(ROOT)}: {write(folder / name, text)}")
