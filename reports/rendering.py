"""Which files are made of a place, and by what. A table from media to maker."""

from collections.abc import Callable

from reports import queries
from reports.models import Build


def media_for(kind: str) -> tuple[str, ...]:
    """The files of a kind of place: papers for schools, a table for every place."""
    return ("pdf", "csv", "summary", "pupils") if kind == "school" else ("csv",)


def render(build: Build, kind: str, key: str, media: str) -> bytes:
    """The bytes of one file of one place, from its released figures alone."""
    return MAKERS[media](build, kind, key)


def _pdf(build: Build, kind: str, key: str) -> bytes:
    from reports.pdf import school_report_pdf
    from reports.presenters import school_report

    return school_report_pdf(school_report(build, queries.place(build, kind, key)))


def _summary(build: Build, kind: str, key: str) -> bytes:
    from reports.pdf import summary_pdf
    from reports.presenters import school_report

    return summary_pdf(school_report(build, queries.place(build, kind, key)))


def _pupils(build: Build, kind: str, key: str) -> bytes:
    from reports.pdf import pupils_pdf
    from reports.presenters import pupil_edition, source

    return pupils_pdf(pupil_edition(source(build, queries.place(build, kind, key))))


def _csv(build: Build, kind: str, key: str) -> bytes:
    from reports.tables import to_csv

    return to_csv(queries.cube(queries.place(build, kind, key)))


MAKERS: dict[str, Callable[[Build, str, str], bytes]] = {
    "pdf": _pdf,
    "csv": _csv,
    "summary": _summary,
    "pupils": _pupils,
}
