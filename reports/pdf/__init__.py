"""Papers for schools, from the same objects as the page. The same object gives the same bytes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.presenters import PupilEdition, SchoolReport

# Imports inside, not above: ReportLab takes a third of a second to import.


def school_report_pdf(report: "SchoolReport") -> bytes:
    """The whole report."""
    from reports.pdf.document import build
    from reports.pdf.story import story

    return build(report, story(report))


def summary_pdf(report: "SchoolReport") -> bytes:
    """One page of the report, for governors."""
    from reports.pdf.document import build
    from reports.pdf.summary import story

    return build(report, story(report), "summary for governors")


def pupils_pdf(edition: "PupilEdition") -> bytes:
    """Two pages for pupils."""
    from reports.pdf.document import build
    from reports.pdf.pupils import story

    return build(edition, story(edition), "what pupils said")
