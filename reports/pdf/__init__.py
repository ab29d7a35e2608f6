"""The school report on paper, from the same object as the page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.presenters import SchoolReport


def school_report_pdf(report: "SchoolReport") -> bytes:
    """The report as a PDF; the same report gives the same bytes."""
    # Here, not above: ReportLab takes a third of a second to import.
    from reports.pdf.document import build
    from reports.pdf.story import story

    return build(report, story(report))
