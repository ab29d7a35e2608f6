"""Every chart of a page by its key, so that what stands on the page can be taken away."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from reports.charts import Chart


def charts_of(page: Any) -> Iterator[Chart]:
    """The charts anywhere in a page's object, in the order in which they stand there."""
    if isinstance(page, Chart):
        yield page
    elif isinstance(page, tuple):
        for each in page:
            yield from charts_of(each)
    elif is_dataclass(page):
        for field in fields(page):
            yield from charts_of(getattr(page, field.name))


def chart_of(page: Any, key: str) -> Chart | None:
    """The chart with a key; None where the page has none of that name."""
    return next((each for each in charts_of(page) if each.key == key), None)
