"""A paper as a file that goes with a message: PDF where it can be made here, else HTML, or as it is wished."""

from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sigctl.cluster import Cluster
from sigctl.commands.papers import Paper, PaperFormat, Printing, file_name, printed
from sigctl.words import Language

if TYPE_CHECKING:
    from sigctl.deliver.mail import Attachment


class Format(StrEnum):
    """What the attached paper is."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"


AttachedAs = Annotated[
    Format | None, typer.Option("--format", help="What to attach the paper as; pdf, or html where PDF is not installed.")
]
_TYPES: Final = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.HTML: "text/html",
}


def attached(cluster: Cluster, paper: Paper, languages: tuple[Language, ...], format: Format | None) -> "Attachment":
    """A paper in some languages, ready to go with a message."""
    from sigctl.deliver.mail import Attachment

    usual = Format.PDF if find_spec("typst") else Format.HTML
    printing = Printing(PaperFormat((format or usual).value), languages)
    content = printed(cluster, paper, printing).content
    return Attachment(file_name(paper, printing), _TYPES[printing.format], content.encode("utf-8") if isinstance(content, str) else content)
