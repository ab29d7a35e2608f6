"""What pages and papers show equals the released cells, and only published groups are offered."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from django.template.loader import render_to_string

from reports.charts import DotAgainstLine
from reports.charts.words import number
from reports.disclosure.lattice import parse_group
from reports.disclosure.released import AnswersCell, Comparison, HeadlineCell, ScoreCell
from reports.narrative import Sentence
from reports.presenters import Source, area_page, compose, dashboard, labels, method
from reports.presenters.one_topic import school_topic
from reports.presenters.public import Boundary, breaks, find_topic
from reports.presenters.school import NOTHING, SchoolReport, ThemeSection, stands_out
from reports.presenters.topics import Finding, TopicSection
from reports.strategies import library
from tests import released
from tests.sources import ALDER, given


def findings(report: SchoolReport) -> dict[str, Finding]:
    topics = (topic for theme in report.themes for topic in theme.topics)
    return {each.key: each for topic in topics for each in topic.findings}


def figure(source: Source, sentence: Sentence) -> tuple[str, ...]:
    """The numbers that a sentence's own cell would give."""
    (at,) = sentence.cells
    cell = source.cube.cell(at.group, at.measure)
    if isinstance(cell, ScoreCell):
        return (number(cell.mean, 1, ""),)
    assert isinstance(cell, HeadlineCell)
    return (number(cell.percent, 0, ""),) if cell.percent is not None else (cell.label[1:2],)


GROUPS = ({}, {"sex": "F"}, {"sex": "F", "year_group": "8"}, {"fsm": "yes"}, {"sen": "any"})


@pytest.mark.parametrize("asked", GROUPS, ids=str)
def test_every_sentence_holds_the_number_of_its_cell(asked: dict[str, str]) -> None:
    source = given()
    report = compose(source, asked)
    told = [each for each in report.sentences if each.cells]
    assert len(told) > 8
    for sentence in told:
        if "other schools" in sentence.text or sentence.text.startswith("No verdict"):
            continue
        for shown in figure(source, sentence):
            assert shown in sentence.text


@pytest.mark.parametrize("asked", GROUPS, ids=str)
def test_charts_hold_the_cells_of_the_group_and_of_all_schools(asked: dict[str, str]) -> None:
    source = given()
    values = tuple(sorted(asked.items()))
    for key, finding in findings(compose(source, asked)).items():
        cell = source.cube.cell(source.group(values), key)
        if finding.chart is None:
            assert not isinstance(cell, ScoreCell)
            assert not isinstance(cell, HeadlineCell) or cell.percent is None
            continue
        (row,) = finding.chart.rows
        other = source.cube.cell(source.beside(values), key)
        if isinstance(cell, ScoreCell):
            assert isinstance(other, ScoreCell)
            assert (row.value, row.reference) == (cell.mean, other.mean)
        else:
            assert isinstance(cell, HeadlineCell)
            assert isinstance(other, HeadlineCell)
            assert (row.value, row.low, row.high) == (cell.percent, cell.low, cell.high)
            assert row.reference == other.percent


def test_verdicts_are_the_comparisons_words() -> None:
    source = given()
    words = {"higher": "Higher than", "lower": "Lower than", "same": "About the same as"}
    seen = set()
    for key, finding in findings(compose(source, {})).items():
        found = source.cube.comparison(source.group(), key)
        if isinstance(found, Comparison) and found.verdict:
            assert finding.sentences[-1].text.startswith(words[found.verdict])
            seen.add(found.verdict)
    assert {"higher", "same"} <= seen


def test_what_stands_out_is_the_sleep_that_was_put_in() -> None:
    report = compose(given(), {})
    assert [(each.topic, each.kind) for each in report.stands_out] == [("sleep_topic", "strength")]
    assert report.nothing == ""


def test_nothing_stands_out_where_every_verdict_is_the_same() -> None:
    source = given()
    same = {
        group: {key: replace(each, verdict="same") for key, each in row.items()}
        for group, row in source.cube.comparisons.items()
    }
    report = compose(replace(source, cube=replace(source.cube, comparisons=same)), {})
    assert report.stands_out == ()
    assert report.nothing == NOTHING


def topic(
    number: int, effect: float, direction: str | None, n: int = 99, percent: float | None = None
) -> TopicSection:
    """A topic of one finding: a score, or a headline against `percent`."""
    word = "higher" if effect > 0 else "lower"
    found = Comparison(n, 0, 99, percent or 0, 0, 0, 0, 0.01, 0.01, effect, word)
    chart = None if percent is None else DotAgainstLine("x", "", (), "", "")
    finding = Finding(f"f{number}", "", (), found, direction, chart)
    return TopicSection(f"t{number}", "", (finding,), ())


def order(*topics: TopicSection, icc: float = 0.014) -> list[tuple[str, str]]:
    found = stands_out((ThemeSection("x", "", topics),), icc)
    return [(each.topic, each.kind) for each in found]


def test_at_most_five_stand_out_strengths_first_and_largest_first() -> None:
    effects = [(9, "higher_better"), (-20, "lower_better"), (30, "lower_better"), (6, None)]
    effects += [(-12, "higher_better"), (7, "higher_better")]
    assert order(*(topic(i, e, d) for i, (e, d) in enumerate(effects))) == [
        ("t1", "strength"),
        ("t0", "strength"),
        ("t5", "strength"),
        ("t2", "opportunity"),
        ("t4", "opportunity"),
    ]


def test_an_opportunity_comes_with_a_step_for_everybody_and_a_strength_with_none() -> None:
    behind, ahead = (replace(topic(0, effect, "higher_better"), key="sleep") for effect in (-9, 9))
    (found,) = stands_out((ThemeSection("x", "", (behind,)),))
    assert found.step == library().of("sleep")[0]
    (found,) = stands_out((ThemeSection("x", "", (ahead,)),))
    assert found.step is None


def test_a_topics_own_page_lists_every_step_with_its_source() -> None:
    source = given()
    shown = replace(source.outline.topics[0], key="bullying")
    page = school_topic(source, shown, {})
    assert page.steps == library().of("bullying")
    words = render_to_string(
        "reports/includes/topic_whole.html", {"report": page, "topic": page.topic}
    )
    assert [words.count(each.text) for each in page.steps] == [1] * len(page.steps)
    assert "Department for Education (2017): Preventing and tackling bullying" in words
    assert "Nobody has yet checked" in words


def test_a_difference_of_few_pupils_is_shrunk_before_it_is_put_in_order() -> None:
    few, many = topic(0, 0.5, None, n=30), topic(1, 0.3, None, n=300)
    assert order(few, many) == [("t1", "difference"), ("t0", "difference")]
    # Where schools differ much, a mean of thirty is worth nearly as much as one of 300.
    assert order(few, many, icc=0.5) == [("t0", "difference"), ("t1", "difference")]


def test_points_and_scores_are_put_in_order_on_one_ruler() -> None:
    # 6 points are 0.12 SD at a half and 0.2 at one in ten.
    half, tenth = topic(0, 6.0, None, percent=50.0), topic(1, 6.0, None, percent=10.0)
    assert [key for key, _ in order(half, topic(2, 0.15, None), tenth)] == ["t1", "t2", "t0"]
    assert [key for key, _ in order(topic(3, 6.0, None, percent=0.0), half)] == ["t0", "t3"]


def test_pupils_like_yours_are_the_released_figures_of_all_pupils_only() -> None:
    source = given()
    shown = findings(compose(source, {}))
    released_ones = source.cube.elsewhere[source.group()]
    assert shown["enough_sleep"].elsewhere == tuple(
        (
            f"Year group and {labels.dimension(each.dims[0]).lower()}",
            f"{number(each.percent, 0, '')} in 100 "
            f"({number(each.low, 0, '')} to {number(each.high, 0, '')})",
        )
        for each in released_ones["enough_sleep"]
    )
    assert len(shown["enough_sleep"].elsewhere) == 3
    assert shown["mood"].elsewhere == ()
    assert not any(f.elsewhere for f in findings(compose(source, {"sex": "F"})).values())
    ward = area_page(given("ward", "W0"))
    assert not any(f.elsewhere for theme in ward.themes for f in theme.findings)


def test_every_filter_leads_to_a_published_group() -> None:
    source = given()
    published = {each.id for each in source.cube.groups if each.place == source.place}
    for asked in GROUPS:
        for row in compose(source, asked).filters:
            assert sum(option.chosen for option in row.options) == 1
            for option in row.options:
                values = tuple(sorted(parse_qsl(option.query)))
                assert source.group(values) in published
                assert compose(source, dict(values)).note == ""


@pytest.mark.parametrize("asked", [{"sex": "X"}, {"sen_detail": "plan"}, {"sex": "|=", "fsm": "1"}])
def test_an_unpublished_group_gives_all_pupils_and_says_so(asked: dict[str, str]) -> None:
    report = compose(given(), asked)
    assert report.values == ()
    assert "not one that we publish" in report.note


def test_parameters_that_are_no_demographic_are_left_alone() -> None:
    assert compose(given(), {"utm": "x"}).note == ""


def test_withheld_tables_are_named_with_their_reason() -> None:
    lines = compose(given(), {}).not_shown
    assert any("by kind of SEN provision" in line.lower().replace("sen", "SEN") for line in lines)
    assert all("Withheld" in line for line in lines)


def test_answers_are_the_cells_and_rare_ones_have_no_number() -> None:
    source = given()
    topics = [t for theme in compose(source, {}).themes for t in theme.topics]
    shown = {each.key: each for topic in topics for each in topic.answers}
    cell = source.cube.cell(source.group(), "q.proud")
    assert isinstance(cell, AnswersCell)
    chart = shown["calm"].chart  # two questions with the same answers share a chart
    assert chart is not None
    assert [row.label[:24] for row in chart.rows] == [
        "How often did you feel c",
        "How often did you feel p",
    ]
    assert f"({cell.n} answers)" in chart.rows[1].label
    assert [s.percent for s in chart.rows[1].segments] == [s.percent for s in cell.shares]
    assert "feel proud? Of all these pupils, 6% skipped it" in chart.note
    sleep = shown["sleep"].chart
    assert sleep is not None
    told = [(s.label, s.answered) for s in sleep.rows[0].segments]
    assert told == [("No", True), ("Yes", True), ("Prefer not to say", False)]
    boxes = shown["barriers"].chart
    assert boxes is not None
    assert "Nothing at all: fewer than 5 in 100." in boxes.note
    assert [row.label for row in boxes.rows] == ["The cost", "The <time>"]
    assert shown["share"].chart is None  # 21 answers cannot be told apart by shade
    assert len(shown["share"].rows) == 21


def test_answers_of_a_filtered_group_are_hidden_with_one_reason() -> None:
    report = compose(given(), {"sex": "F"})
    topics = [topic for theme in report.themes for topic in theme.topics]
    assert all(topic.answers == () and topic.answers_note for topic in topics)


def test_groups_stand_beside_the_same_group_of_all_schools() -> None:
    source = given()
    chart = findings(compose(source, {}))["enough_sleep"].groups
    assert chart is not None
    assert [row.label for row in chart.rows][:4] == ["Year 8", "Year 10", "Girls", "Boys"]
    girls = chart.rows[2]
    cells = [
        source.cube.cell(group, "enough_sleep")
        for group in (f"school:{ALDER}|sex=F", f"borough:{released.BOROUGH}|sex=F")
    ]
    assert [girls.value, girls.reference] == [
        c.percent for c in cells if isinstance(c, HeadlineCell)
    ]
    assert findings(compose(source, {"sex": "F"}))["enough_sleep"].groups is None


def test_no_other_school_is_named_or_numbered() -> None:
    text = repr(compose(given(), {}))
    for key, name in released.SCHOOLS.items():
        if key != ALDER:
            assert name not in text
            assert f"school:{key}" not in text


def test_participation_hides_few_opt_outs() -> None:
    facts = {fact.label: fact.value for fact in compose(given(), {}).participation}
    assert facts["Took part"] == "180 pupils of 240 on the roll (75%)"
    assert facts["Opted out"] == "Between one and nine pupils"
    assert list(facts)[-2:] == ["Year 8", "Year 10"]


def test_half_a_percent_of_the_roll_goes_up_as_everywhere() -> None:
    facts = {f.label: f.value for f in compose(given("school", "100002"), {}).participation}
    assert facts["Took part"] == "150 pupils of 240 on the roll (63%)"  # 62.5


def test_the_dashboard_equals_the_released_cells() -> None:
    borough = given("borough", released.BOROUGH)
    topic = find_topic(borough.outline, "sleep_topic")
    assert topic is not None
    wards = [given("ward", key) for key in released.WARDS]
    shapes = [Boundary(key, name, released.square(0, 0)) for key, name in released.WARDS.items()]
    localities = [given("locality", key) for key in released.LOCALITIES]
    (found,) = dashboard(borough, topic, localities, wards, shapes).findings
    assert found.localities is not None
    assert found.wards is not None
    for source, row in zip(localities, found.localities.rows, strict=True):
        cell = source.cube.cell(source.group(), "enough_sleep")
        assert isinstance(cell, HeadlineCell)
        assert row.value == cell.percent
    hatched = {area.key for area in found.wards.areas if area.value is None}
    assert hatched == {ward.place.key for ward in wards if ward.size(ward.group()) is None}
    assert "W4" in hatched
    assert [row.name for row in found.rows] == sorted(released.WARDS.values())
    assert {row.figure for row in found.rows if row.key in hatched} == {"Not shown"}


def test_an_area_without_published_groups_says_why() -> None:
    page = area_page(given("ward", "W4"))
    assert page.n is None
    assert all(theme.chart is None and theme.hidden for theme in page.themes)
    assert "fewer than 3 schools" in page.not_shown[0]


def test_sensitive_headlines_are_not_told_of_a_ward() -> None:
    page = area_page(given("ward", "W0"))
    hidden = [line for theme in page.themes for line in theme.hidden]
    assert any("bullied often: not shown. A sensitive subject" in line for line in hidden)


@pytest.mark.parametrize(
    ("values", "edges"),
    [([43.2, 44.6, 45.1], (45.0,)), ([12, 55], (25, 40)), ([30], ()), ([20, 60], (30, 40, 50))],
)
def test_map_classes_rise_at_multiples_of_five(
    values: list[float], edges: tuple[float, ...]
) -> None:
    found = breaks(values)
    assert all(edge % 5 == 0 for edge in found)
    assert list(found) == sorted(set(found))
    assert found == pytest.approx(edges)


def test_groups_in_words() -> None:
    assert labels.pupils({"sex": "F", "year_group": "8"}) == "Year 8 girls"
    assert labels.pupils({"fsm": "yes"}) == "pupils eligible for free school meals"
    assert labels.group({"sex": "F", "year_group": "8"}) == "Year 8, girls"
    assert labels.group(()) == "All pupils"
    for group in released.small_cube().groups:
        assert "=" not in labels.group(parse_group(group.id).values)


def test_the_method_speaks_the_rules_numbers() -> None:
    from dataclasses import replace

    from reports.disclosure.rules import STANDARD

    text = repr(method(rules=replace(STANDARD, k=17, min_schools=4)).chapters)
    assert "at least 17 pupils" in text
    assert "pupils of at least 4 schools" in text


def test_the_promise_is_the_rules() -> None:
    from dataclasses import replace

    from reports.disclosure.rules import STANDARD, STATEMENT

    assert method().statement == STATEMENT
    assert "fewer than eight pupils" in method(rules=replace(STANDARD, k=12, m=8)).statement
    assert "fewer than 17 pupils" in method(rules=replace(STANDARD, k=17, m=20)).statement


def test_every_number_of_the_rules_is_told_with_its_reason() -> None:
    from dataclasses import asdict

    from reports.disclosure.rules import STANDARD, sources
    from reports.stats.verdicts import STANDARD as VERDICT

    told = method().numbers
    assert len(told) == len(asdict(STANDARD)) + len(asdict(VERDICT)) - 4  # names and versions
    assert len({each.name for each in told}) == len(told)
    found = {each.why: each.value for each in told}
    why = sources(STANDARD.name, STANDARD.version)
    assert found[why["max_school_share"]] == "80 %"
    assert found[why["pairs"]].startswith("year group and sex; year group and free school meals")
    assert found[why["ladder"]] == "Kind of SEN provision, else Special educational needs"
    assert not [each for each in told if "_" in each.value or "_" in each.name]


def test_a_report_explains_itself_by_the_rules_of_its_figures() -> None:
    from dataclasses import replace

    source = given()
    older = replace(source, cube=replace(source.cube, rules="whole-breakdowns 0"))
    with pytest.raises(ValueError, match="whole-breakdowns-0"):
        compose(older, {})


def test_a_second_filter_adds_to_the_first_where_the_pair_is_published() -> None:
    rows = {row.name: row.options for row in compose(given(), {"sex": "F"}).filters}
    queries = {option.label: option.query for options in rows.values() for option in options}
    assert queries["Year 8"] == "sex=F&year_group=8"
    assert queries["Boys"] == "sex=M"
    # Sex by free school meals is on no list, so the one takes the other's place.
    assert queries["Eligible for free school meals"] == "fsm=yes"
    assert [option.label for option in rows["Sex"] if option.chosen] == ["Girls"]


def test_a_page_is_the_report_without_its_long_parts() -> None:
    whole, page = compose(given(), {}), compose(given(), {}, whole=False)
    assert page.sentences == whole.sentences
    assert page.stands_out == tuple(
        replace(each, finding=replace(each.finding, groups=None)) for each in whole.stands_out
    )
    topics = [topic for theme in page.themes for topic in theme.topics]
    assert not any(topic.answers or topic.answers_note for topic in topics)
    assert not any(finding.groups for topic in topics for finding in topic.findings)
    assert any(finding.groups for finding in findings(whole).values())
