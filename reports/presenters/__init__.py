"""What pages and papers show, as plain frozen objects made from released figures alone.

`school_report` is the one object behind the page and the PDF; `pupil_edition` is for pupils;
`dashboard` and `area_page` are behind the public pages; `method` says how the numbers are made;
`headlines_to_approve` is what the people who release a build look at, `quality_sections` what
analysts read.
"""

from reports.presenters.approval import HeadlineRow, headlines_to_approve
from reports.presenters.method import Method, method, method_of_build
from reports.presenters.public import AreaPage, Dashboard, area_page, dashboard
from reports.presenters.pupils import PupilEdition, pupil_edition
from reports.presenters.quality import quality_sections
from reports.presenters.school import SchoolReport, compose, school_report
from reports.presenters.sources import Source, source

__all__ = [
    "AreaPage",
    "Dashboard",
    "HeadlineRow",
    "Method",
    "PupilEdition",
    "SchoolReport",
    "Source",
    "area_page",
    "compose",
    "dashboard",
    "headlines_to_approve",
    "method",
    "method_of_build",
    "pupil_edition",
    "quality_sections",
    "school_report",
    "source",
]
