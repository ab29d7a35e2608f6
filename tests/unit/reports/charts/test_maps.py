from dataclasses import replace

import pytest

from reports.charts import Choropleth
from reports.charts.words import WITHHELD


def test_areas_come_by_name_never_by_value(wards: Choropleth) -> None:
    assert [a.name for a in wards.ordered()] == ["Ash Hill", "Mill End", "Upper Vale"]
    assert wards.table()[1] == (("Ash Hill", "55%"), ("Mill End", WITHHELD), ("Upper Vale", "61%"))


def test_an_area_belongs_to_the_class_of_the_number_shown(wards: Choropleth) -> None:
    """54.6 is shown as 55%, so it must not stand under "Under 55%"."""
    ash_hill = wards.ordered()[0]
    assert (wards.show(ash_hill.value), wards.tone(ash_hill)) == ("55%", "t5")


def test_the_key_names_every_class_once_without_overlap(wards: Choropleth) -> None:
    assert wards.legend() == (
        ("t0", "Under 55%"),
        ("t5", "55 to 64%"),
        ("t10", "65% or more"),
        ("withheld", WITHHELD),
    )
    finer = replace(wards, decimals=1, areas=wards.areas[:1])
    assert [words for _, words in finer.legend()][1] == "55.0 to 64.9%"


@pytest.mark.parametrize("breaks", [(60, 50), (50, 50), (1, 2, 3, 4, 5)])
def test_breaks_that_do_not_rise_or_are_too_many_are_refused(
    wards: Choropleth, breaks: tuple[float, ...]
) -> None:
    with pytest.raises(ValueError, match="breaks"):
        replace(wards, breaks=breaks)
