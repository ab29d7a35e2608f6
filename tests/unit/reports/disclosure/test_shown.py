"""What is left to be shown, counted by hand."""

from reports.disclosure.lattice import Breakdown, Place
from reports.disclosure.rules import STANDARD
from reports.disclosure.shown import shown
from tests.unit.reports.disclosure.town import profiles, three_tables


def test_shares_by_size_of_school():
    table = three_tables().assign(school="A").astype({"sex": object})
    table.loc[:40, "school"] = "B"
    table.loc[41:50, ["school", "sex"]] = ["B", "X"]
    small, large = Place("school", "B"), Place("school", "A")
    offered = [Breakdown(place, dims) for place in (small, large) for dims in ((), ("sex",))]
    whole, few, many = shown(profiles(table), offered, [*offered[:2], offered[2]], STANDARD)
    assert (whole.low, whole.schools, whole.kept, whole.offered) == (None, 2, 3, 4)
    assert few.to_row() == [1, 59, 1, 2, 2, round(41 / 51, 3)]
    assert many.to_row() == [120, 239, 1, 1, 2, 0.0]
    assert whole.covered == round(41 / 179, 3)
