"""`sigctl template`: a cluster makes its papers its own, block by block, and hears of each mistake with its file and line."""

from pathlib import Path

import pytest

from .conftest import ROOT, Run

CYNON = ROOT / "examples" / "cynon-taf"
TODAY = ("--today", "2026-11-01")
BUILT_IN = sorted(file.name.removesuffix(".md.j2") for file in (ROOT / "sigctl" / "render" / "templates").glob("[!_]*.md.j2"))


@pytest.fixture
def cluster(tmp_path: Path) -> Path:
    """A workspace with a rota and meetings, and no template of its own."""
    import shutil

    folder = tmp_path / "cluster"
    shutil.copytree(CYNON, folder, ignore=shutil.ignore_patterns("templates", "out"))
    return folder


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / "templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_list_names_each_template_with_its_blocks(sigctl: Run, cluster: Path) -> None:
    told = sigctl("template", "list", "-w", cluster)
    assert told.code == 0
    assert "rota\n    title, dates, schools, scores\n" in told.out
    assert "_visit" not in told.out


def test_list_marks_what_the_cluster_replaces(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", '{% extends "sigctl/rota.md.j2" %}\n{% block scores %}Dyna ni.{% endblock %}\n')
    put(cluster, "letter.md.j2", "# {{ page }}\n")
    told = sigctl("template", "list", "-w", cluster)
    assert "rota  your own, built upon sigctl/rota.md.j2: templates/rota.md.j2\n    title, dates, schools, scores*\n" in told.out
    assert "letter  your own, whole: templates/letter.md.j2\n" in told.out


def test_list_names_a_template_that_cannot_be_read(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", "{% block x %}\n")
    told = sigctl("template", "list", "-w", cluster)
    assert told.code == 0
    assert "rota  cannot be read: templates/rota.md.j2:1: `{% block … %}` is never closed" in told.out


def test_show_prints_ours_and_with_own_the_clusters(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", "# Our own\n")
    assert "{% block dates %}" in sigctl("template", "show", "rota", "-w", cluster).out
    assert sigctl("template", "show", "rota", "--own", "-w", cluster).out == "# Our own\n"
    missing = sigctl("template", "show", "rotta", "-w", cluster)
    assert missing.code == 2
    assert "did you mean `rota`?" in missing.err


def test_copy_begins_with_one_block_and_changes_nothing_yet(sigctl: Run, cluster: Path) -> None:
    before = sigctl("rota", "show", "-w", cluster, "--format", "md", *TODAY).out
    told = sigctl("template", "copy", "rota", "--block", "scores", "-w", cluster)
    assert (told.code, told.err) == (0, "wrote templates/rota.md.j2\n")
    text = (cluster / "templates" / "rota.md.j2").read_text(encoding="utf-8")
    assert text.startswith('{% extends "sigctl/rota.md.j2" %}\n')
    assert "{% block scores %}" in text
    assert "{% block dates %}" not in text
    assert before
    assert sigctl("rota", "show", "-w", cluster, "--format", "md", *TODAY).out == before


def test_copy_overwrites_nothing_and_knows_the_blocks(sigctl: Run, cluster: Path) -> None:
    own = put(cluster, "rota.md.j2", "mine")
    told = sigctl("template", "copy", "rota", "-w", cluster)
    assert told.code == 1
    assert "there is a templates/rota.md.j2 already" in told.err
    assert own.read_text(encoding="utf-8") == "mine"
    wrong = sigctl("template", "copy", "fairness", "--block", "balance", "-w", cluster)
    assert "did you mean `balances`?" in wrong.err


def test_copy_whole_and_dry_run(sigctl: Run, cluster: Path) -> None:
    assert "would write templates/rota.md.j2" in sigctl("template", "copy", "rota", "--whole", "-n", "-w", cluster).err
    assert not (cluster / "templates").exists()
    sigctl("template", "copy", "rota", "--whole", "-w", cluster)
    ours = ROOT / "sigctl" / "render" / "templates" / "rota.md.j2"
    assert (cluster / "templates" / "rota.md.j2").read_text(encoding="utf-8") == ours.read_text(encoding="utf-8")


def test_every_template_can_be_copied_and_then_passes(sigctl: Run, cluster: Path) -> None:
    assert all(sigctl("template", "copy", name, "-w", cluster).code == 0 for name in BUILT_IN)
    told = sigctl("template", "check", "-w", cluster, *TODAY)
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith("every paper can be made in Welsh and English: ")


def test_a_block_of_ones_own_stands_on_the_paper(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", '{% extends "sigctl/rota.md.j2" %}\n{% block scores %}\n## Croeso\n\n{{ super() }}{% endblock %}\n')
    told = sigctl("rota", "show", "-w", cluster, "--format", "md", "--lang", "cy", *TODAY)
    assert told.code == 0
    assert "## Croeso\n" in told.out


FAULTS = {
    "an unknown block, with the nearest": (
        '{% extends "sigctl/rota.md.j2" %}\n{% block score %}x{% endblock %}\n',
        "templates/rota.md.j2:2:1: error: `sigctl/rota.md.j2` has no block `score`, so this is never shown [template]",
        "did you mean `scores`?",
    ),
    "a field that is not there": (
        "# x\n\n{{ page.cycel }}\n",
        "templates/rota.md.j2:3:1: error: there is no `cycel` in what stands before it [template]",
        "did you mean `cycle`?",
    ),
    "a name that is not there": (
        "# x\n\n{{ pag.cycle }}\n",
        "templates/rota.md.j2:3:1: error: there is no `pag` here [template]",
        "did you mean `page`?",
    ),
    "words that are not there": (
        '{{ label("rota.hots") }}\n',
        "templates/rota.md.j2:1:1: error: there are no words for `rota.hots` [template]",
        "did you mean `rota.host`?",
    ),
    "a block without an end": (
        '{% extends "sigctl/rota.md.j2" %}\n{% block dates %}\nx\n',
        "error: `{% block … %}` is never closed [template]",
        "write {% endblock %} where it ends",
    ),
    "a template that is not there": (
        '{% extends "sigctl/rotas.md.j2" %}\n',
        "templates/rota.md.j2:1:1: error: there is no template `sigctl/rotas.md.j2` [template]",
        "did you mean `sigctl/rota.md.j2`?",
    ),
    "itself": (
        '{% extends "rota.md.j2" %}\n',
        "templates/rota.md.j2:1:1: error: the template goes round in a circle [template]",
        'write {% extends "sigctl/rota.md.j2" %}',
    ),
    "more than a template may do": (
        "{{ page.__class__.__mro__ }}\n",
        "templates/rota.md.j2:1:1: error: ",
        "",
    ),
    "a text that fills the memory": ("{{ 'x' * 2000000000 }}\n", "makes too much here [template]", "only show what they are given"),
    "a division by nothing": ("\n{{ 1 / 0 }}\n", "templates/rota.md.j2:2:1: error: this fails: division by zero [template]", ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_check_tells_each_fault_with_its_file_and_line(fault: str, sigctl: Run, cluster: Path) -> None:
    text, message, advice = FAULTS[fault]
    put(cluster, "rota.md.j2", text)
    told = sigctl("check", "-w", cluster)
    assert told.code == 1
    assert message in told.out
    assert advice in told.out


def test_template_check_tells_the_same(sigctl: Run, cluster: Path) -> None:
    text, message, _ = FAULTS["a field that is not there"]
    put(cluster, "rota.md.j2", text)
    told = sigctl("template", "check", "-w", cluster, *TODAY)
    assert (told.code, told.out.count(message)) == (1, 1)


def test_check_warns_of_a_level_that_a_template_leaves_out(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", "# {{ page.cycle }}\n\n{% if true %}### Croeso{% endif %}\n\n\n#### Dates\n")
    for command in (("check",), ("template", "check", *TODAY)):
        told = sigctl(*command, "-w", cluster)
        assert "templates/rota.md.j2:3:1: warning: `###` leaves out a level of headings [template-heading]" in told.out
        assert "write `##` here" in told.out
        assert told.out.count("template-heading") == 1
        assert told.code == 0


def test_check_warns_of_a_page_that_begins_below_its_title(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", "## Croeso\n\n# Later\n\n{# \n### no heading #}\n")
    told = sigctl("check", "-w", cluster)
    assert "templates/rota.md.j2:1:1: warning: `##` stands where the title should [template-heading]" in told.out
    assert told.out.count("template-heading") == 1


def test_blocks_that_keep_the_levels_are_not_warned_of(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", '{% extends "sigctl/rota.md.j2" %}\n{% block scores %}\n## Croeso\n\n### Un\n\n{% endblock %}\n')
    assert "template" not in sigctl("check", "-w", cluster).out


def test_check_warns_of_a_file_that_is_named_after_no_paper(sigctl: Run, cluster: Path) -> None:
    put(cluster, "agendaa.md.j2", "# x\n")
    put(cluster, "_part.md.j2", "x\n")
    put(cluster, "base.md.j2", "{% block title %}# x{% endblock %}\n")
    put(cluster, "rota.md.j2", '{% extends "base.md.j2" %}\n')
    for command in (("check",), ("template", "check", *TODAY)):
        told = sigctl(*command, "-w", cluster)
        assert "templates/agendaa.md.j2: warning: there is no paper `agendaa`, so this is never used [template-name]" in told.out
        assert "did you mean `agenda.md.j2`?" in told.out
        assert told.out.count("template-name") == 1
        assert told.code == 0


def test_each_template_has_a_specimen() -> None:
    from sigctl.commands.specimens import SOURCES

    assert sorted(each for templates in SOURCES.values() for each in templates) == BUILT_IN


def test_a_paper_that_needs_a_faulty_template_says_where_it_is_wrong(sigctl: Run, cluster: Path) -> None:
    put(cluster, "rota.md.j2", "# x\n\n{{ page.cycel }}\n")
    told = sigctl("rota", "show", "-w", cluster, "--format", "md", *TODAY)
    assert told.code == 3
    assert told.err.startswith("sigctl: error: templates/rota.md.j2:3: ")
    assert "mistake of its own" not in told.err


def test_a_template_may_not_lie_outside_the_workspace(sigctl: Run, cluster: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md.j2"
    secret.write_text("secret", encoding="utf-8")
    (cluster / "templates").mkdir()
    (cluster / "templates" / "rota.md.j2").symlink_to(secret)
    told = sigctl("rota", "show", "-w", cluster, "--format", "md", *TODAY)
    assert told.code == 3
    assert "secret" not in told.out
    assert "leads out of the workspace" in told.err
    assert "leads out of the workspace" in sigctl("check", "-w", cluster).out


@pytest.mark.parametrize("name", ["../secret.md.j2", "/etc/passwd", "sigctl/../../secret.md.j2"])
def test_a_template_may_not_take_in_what_lies_outside(name: str, sigctl: Run, cluster: Path) -> None:
    (cluster / "secret.md.j2").write_text("secret", encoding="utf-8")
    put(cluster, "rota.md.j2", f'{{% include "{name}" %}}\n')
    told = sigctl("rota", "show", "-w", cluster, "--format", "md", *TODAY)
    assert told.code == 3
    assert "secret\n" not in told.out
    assert f"there is no template `{name}`" in told.err


def test_templates_may_build_upon_each_other_and_take_in_parts(sigctl: Run, cluster: Path) -> None:
    put(cluster, "_ours.md.j2", "Ein rhan ni\n")
    put(cluster, "rota.md.j2", '{% extends "sigctl/rota.md.j2" %}\n{% block scores %}\n{% include "_ours.md.j2" %}\n{% endblock %}\n')
    assert "Ein rhan ni" in sigctl("rota", "show", "-w", cluster, "--format", "md", *TODAY).out


def test_the_letterhead_can_be_copied_to_be_changed_in_word(sigctl: Run, cluster: Path) -> None:
    docx = pytest.importorskip("docx")
    told = sigctl("template", "copy", "letterhead", "-w", cluster)
    assert told.err == "wrote templates/letterhead.docx\n"
    word = docx.Document(str(cluster / "templates" / "letterhead.docx"))
    assert "School Improvement Group 3" in "".join(each.text for each in word.sections[0].header.paragraphs)
    assert not [each.text for each in word.paragraphs if each.text]
    assert sigctl("check", "-w", cluster).code == 0


def test_a_letterhead_that_is_no_word_file_is_told(sigctl: Run, cluster: Path) -> None:
    put(cluster, "letterhead.docx", "Dear all")
    told = sigctl("check", "-w", cluster)
    assert told.code == 1
    assert "templates/letterhead.docx: error: this is no Word file [template]" in told.out


def test_the_manual_names_all_that_a_template_may_call(sigctl: Run) -> None:
    from sigctl.render.environment import names

    written = sigctl("help", "templates").out
    assert [name for name in names() if name not in written] == []


def test_without_own_templates_check_makes_every_paper_with_ours(sigctl: Run, cluster: Path) -> None:
    told = sigctl("template", "check", "-w", cluster, *TODAY)
    assert told.code == 0
    assert "rota" in told.err
