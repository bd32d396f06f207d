"""HTML to PDF: tagged for screen readers (PDF/UA-1), with bookmarks from its headings.

WeasyPrint lays the pages out. It is a Python package and needs no browser on the machine that makes the paper; it
knows pages (margins, page numbers, breaks), and the PDF it writes is tagged. It draws its letters with the system's
Pango; where that is missing we say so, and everything else of the story works.
"""

from importlib import import_module
from typing import Literal

from story.templates import WEB

Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, str] = {"a4": "A4", "letter": "Letter"}


class NoPaperError(RuntimeError):
    """PDFs cannot be made on this machine; the message says what to install."""


def write_pdf(html: str, paper: Paper) -> bytes:
    """A document of our own templates as PDF. Raises NoPaperError where Pango is not installed."""
    try:
        weasyprint = import_module("weasyprint")
    except OSError as error:
        raise NoPaperError(
            "PDFs need the Pango library, which was not found: on Debian and Ubuntu `apt install libpangoft2-1.0-0`, "
            "on Fedora `dnf install pango`, on a Mac `brew install pango`. Slides and everything else work without it."
        ) from error
    size = weasyprint.CSS(string=f"@page {{ size: {PAPERS[paper]} }}")
    style = weasyprint.CSS(filename=WEB / "sheets.css")
    fetcher = weasyprint.URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)  # all that a sheet needs is on it
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[style, size], pdf_variant="pdf/ua-1")
    return pdf
