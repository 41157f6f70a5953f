"""No page is kept of a template that is gone, and no template is without a page."""

from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"
TEMPLATES = Path(__file__).parents[3] / "sigctl" / "render" / "templates"
ELSEWHERE = {"rota", "fairness", "view", "reminder", "calls"}
"""Templates whose pages stand in `tests/render/snapshots`, and those of letters in `tests/render/letters`."""


def templates() -> set[str]:
    return {file.name.removesuffix(".md.j2") for file in TEMPLATES.glob("[!_]*.md.j2")}


def test_every_page_is_of_a_template() -> None:
    assert {file.name.partition(".")[0] for file in FOLDER.glob("*.md")} <= templates()


def test_every_template_has_a_page_with_little_and_with_much_in_each_language() -> None:
    found = {file.name for file in FOLDER.glob("*.md")}
    wanted = {
        f"{name}.{variant}.{language}.md"
        for name in templates() - ELSEWHERE
        for variant in ("minimal", "full")
        for language in ("cy", "en", "both")
    }
    assert sorted(wanted - found) == []
