"""One document in every format: read from the Markdown of a template, merged from two languages, written as text, HTML, Word or PDF."""

from sigctl.render.document.html import html_of, mail_html_of
from sigctl.render.document.making import Layout, document, markdown_of
from sigctl.render.document.text import text_of

__all__ = ["Layout", "document", "html_of", "mail_html_of", "markdown_of", "text_of"]
