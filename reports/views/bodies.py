"""The finished part of a school report: the same for everybody who may read it, so made once.

Only for views that have asked whether this reader may see it and have written the look down.
Nothing of the reader or the request goes in: a template without a request knows neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from reports import queries
from reports.charts.figures import ChartFiles
from reports.models import Build, ReleasedPlace
from reports.presenters import school_report

KEPT = 64  # of some 250 kB each


@dataclass(frozen=True)
class Body:
    """`title` is the page's, `markup` goes into its main part."""

    title: str
    markup: SafeString


@dataclass(frozen=True)
class _Wanted:
    """Told apart by all that a page changes with: release, figures, names, group asked for."""

    mark: tuple[object, ...]
    asked: tuple[tuple[str, str], ...]
    build: Build = field(compare=False)
    place: ReleasedPlace = field(compare=False)


def school_body(build: Build, place: ReleasedPlace, asked: Mapping[str, str]) -> Body:
    """The report of a school, of the group asked for."""
    wave = build.wave
    names = (wave.name, wave.made_up, wave.authority.name, place.name)
    external = queries.external_mark(wave)
    mark = (build.pk, place.pk, place.sha256, names, external)
    return _body(_Wanted(mark, tuple(sorted(asked.items())), build, place))


@lru_cache(maxsize=KEPT)
def _body(wanted: _Wanted) -> Body:
    build, external = wanted.build, queries.external(wanted.build.wave)
    report = school_report(build, wanted.place, dict(wanted.asked), external, whole=False)
    context = {
        "report": report,
        "files": queries.media(build, "school", wanted.place.key),
        "chart_files": report_files(report.wave_key, report.key, report.query),
    }
    return Body(report.title, render_to_string("reports/includes/school_body.html", context))


def report_files(wave: str, school: str, query: str) -> ChartFiles:
    """Where the charts of a report lie, on its own page and on that of a topic."""
    return ChartFiles(f"{reverse('school-report', args=[wave, school])}charts/", query)
