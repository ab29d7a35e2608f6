"""Where to look at what the demonstration built."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, reverse

from census.demo.build import Demonstration


def addresses(made: Demonstration) -> Iterator[tuple[str, str]]:
    """Label and path of each page worth a look."""
    wave = made.wave.key
    pages: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("Start", "home", {}),
        ("Public dashboard", "dashboard", {"wave": wave}),
        ("A school's report", "school-report", {"wave": wave, "school": made.staff.school.key}),
        ("A pupil's start", "enter", {}),
        ("Lessons (teacher)", "lessons", {}),
        ("Waves (data team)", "waves", {}),
        ("The programming interface", "api-docs", {}),
    )
    for label, name, arguments in pages:
        try:
            yield label, reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue
