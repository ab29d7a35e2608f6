"""What pages and papers show, as plain frozen objects made from released figures alone.

`school_report` is the one object behind the page and the PDF; `pupil_edition` is for pupils;
`overview`, `dashboard`, `area_page` and `one_chart` are behind the public pages; `method` says how
the numbers are made;
`headlines_to_approve` is what the people who release a build look at, `quality_sections` what
analysts read.
"""

from reports.presenters.approval import HeadlineRow, headlines_to_approve
from reports.presenters.areas import AreaPage, OneChart, area_page, one_chart
from reports.presenters.method import Method, method, method_of_build
from reports.presenters.one_topic import SchoolTopic, school_topic
from reports.presenters.overview import Overview, overview
from reports.presenters.public import Dashboard, dashboard
from reports.presenters.pupils import PupilEdition, pupil_edition
from reports.presenters.quality import quality_sections
from reports.presenters.school import SchoolReport, compose, school_report
from reports.presenters.sources import Source, source

__all__ = [
    "AreaPage",
    "Dashboard",
    "HeadlineRow",
    "Method",
    "OneChart",
    "Overview",
    "PupilEdition",
    "SchoolReport",
    "SchoolTopic",
    "Source",
    "area_page",
    "compose",
    "dashboard",
    "headlines_to_approve",
    "method",
    "method_of_build",
    "one_chart",
    "overview",
    "pupil_edition",
    "quality_sections",
    "school_report",
    "school_topic",
    "source",
]
