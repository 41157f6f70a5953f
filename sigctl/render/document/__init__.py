"""One document in every format: read from the Markdown of a template, merged from two languages, written as text, HTML, Word or PDF."""
