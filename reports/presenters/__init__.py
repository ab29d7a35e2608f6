"""What pages and papers show, as plain frozen objects made from released figures alone.

`school_report` is the one object behind the page and the PDF; `dashboard` and `area_page` are
behind the public pages; `method` says how the numbers are made.
"""

from reports.presenters.method import Method, method
from reports.presenters.public import AreaPage, Dashboard, area_page, dashboard
from reports.presenters.school import SchoolReport, compose, school_report
from reports.presenters.sources import Source, source

__all__ = [
    "AreaPage",
    "Dashboard",
    "Method",
    "SchoolReport",
    "Source",
    "area_page",
    "compose",
    "dashboard",
    "method",
    "school_report",
    "source",
]
