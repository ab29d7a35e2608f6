"""Random schools: no sentence disagrees with its number, its verdict or its chart.

What the words say is read back by this test's own grammar and set beside the raw counts, beside
scipy's tests of them, and beside the picture. Every other school is told in random words of a
council's own, as far as the rules let them pass; they are read back by the locked parts alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.stats import chi2_contingency, false_discovery_control

from reports.disclosure.cells import headline_cell, score_cell
from reports.disclosure.comparisons import compare
from reports.disclosure.lattice import Group, Place
from reports.disclosure.released import Hidden, ReleasedCube, ReleasedGroup
from reports.disclosure.rules import STANDARD
from reports.disclosure.since import Earlier, since
from reports.disclosure.sums import Sums
from reports.presenters.outline import Headline, Outline, Score
from reports.presenters.school import StandOut, ThemeSection, stands_out
from reports.presenters.sources import Source
from reports.presenters.topics import Finding, TopicSection, headline_finding, score_finding
from reports.presenters.view import view_of
from reports.stats.means import summarise
from reports.stats.measures import Comparable, HeadlineMeasure, ScoreMeasure
from reports.stats.verdicts import STANDARD as RULE
from reports.words import SHIPPED, Words
from tests.random_words import council, in_ours

SCHOOL, BOROUGH = Place("school", "A"), Place("borough", "B")
HEADLINES, SCORES = 40, 10
MEASURES = [*(f"h{n}" for n in range(HEADLINES)), *(f"s{n}" for n in range(SCORES))]
HERE, EVERYWHERE = "school:A", "borough:B"
DIRECTIONS = ("higher_better", "lower_better", None)

SHARE = re.compile(
    r"(?P<percent>\d+) in 100 of your pupils said so; "
    r"if we asked again we would expect between (?P<low>\d+) and (?P<high>\d+)\."
)
MEAN = re.compile(
    r"Mood, from 7 to 35: your pupils scored (?P<mean>[\d.]+) on average; "
    r"if we asked again we would expect between (?P<low>[\d.]+) and (?P<high>[\d.]+)\."
)
NEAR_AN_END = {
    "Fewer than 5 in 100 of your pupils said so.": lambda n, x: x / n < 0.05,
    "More than 95 in 100 of your pupils said so.": lambda n, x: x / n > 0.95,
    "None, one or two of your pupils ({n} answers) said so.": lambda n, x: x <= 2,
    "All, or all but one or two, of your pupils ({n} answers) said so.": lambda n, x: n - x <= 2,
}
ALL_SCHOOLS = re.compile(r"Across all schools it is (fewer than 5|more than 95|[\d.]+)\.")
THEN = re.compile(r"In May 2024 the figure for your pupils was ([\d.]+)\.")
VERDICT = re.compile(
    r"(?P<word>Higher than|Lower than|About the same as) "
    r"in (?P<beside>the other schools|May 2024): "
    r"(?P<why>a difference this size is seldom seen by chance"
    r"|a difference this size is often seen by chance in a school of your size"
    r"|among so many figures a difference this size may be chance"
    r"|the difference is small)\."
)
NO_VERDICT = "No verdict: fewer than 30 answers are too few to tell a difference from chance."


@dataclass(frozen=True)
class Told:
    """A finding with the sums it is made from: (n, meeting) or (n, sum, squares).

    then: the school's own in the wave before. own_words: told in a council's words.
    """

    finding: Finding
    own: tuple[float, ...]
    whole: tuple[float, ...]
    then: tuple[float, ...]
    own_words: bool

    @property
    def share(self) -> bool:
        return self.finding.key[0] == "h"


def random_school(seed: int, words: Words | None = None) -> list[Told]:
    """One school's headlines and scores as they are released and told; sizes from 5 to 400.

    Args:
        words: in place of those that belong to the seed.
    """
    draw = np.random.default_rng(seed)
    if words is None:
        words = council((seed, 1), MEASURES, SCHOOL.key) if seed % 2 else SHIPPED
    pupils, others = int(draw.integers(5, 400)), int(draw.integers(20, 3000))
    columns = {f"h{k}": _headline(draw, pupils, others) for k in range(HEADLINES)}
    columns |= {f"s{k}": _score(draw, pupils, others) for k in range(SCORES)}
    before = int(draw.integers(5, 400))
    past = {k: _before(draw, own, before) for k, (own, _) in columns.items()}
    source = _source(_sums(columns), words, None if seed % 3 == 0 else _sums(past))
    view = view_of(source)
    told = []
    for number, (key, (own, whole)) in enumerate(columns.items()):
        if key not in source.cube.cells[HERE]:
            continue
        direction = DIRECTIONS[number % 3]
        if key[0] == "h":
            finding = headline_finding(view, Headline(key, "said so", direction))
        else:
            finding = score_finding(view, Score(key, "Mood", 7, 35, direction))
        then = tuple(past[key][0])
        told.append(Told(finding, tuple(own), tuple(whole), then, words is not SHIPPED))
    return told


def _sums(columns: dict[str, np.ndarray]) -> Sums:
    sizes = [max(table[row][0] for table in columns.values()) for row in (0, 1)]
    return Sums(
        measures={k: HeadlineMeasure() if k[0] == "h" else ScoreMeasure(7, 35) for k in columns},
        borough=Group(BOROUGH),
        row={Group(SCHOOL): 0, Group(BOROUGH): 1},
        sizes=np.array(sizes),
        schools=np.array([1, 6]),
        codes={},
        columns=columns,
    )


def _before(draw: np.random.Generator, own: np.ndarray, pupils: int) -> np.ndarray:
    """The same school, asked earlier: near to what it says now, beside a borough of any kind."""
    if len(own) == 2:
        share = np.clip(own[1] / own[0] + draw.normal(0, 0.08), 0, 1)
        met = draw.binomial(pupils, share)
        return np.array([[pupils, met], [pupils + 900, met + draw.binomial(900, share)]], float)
    mean = own[1] / own[0] + draw.normal(0, 1)
    here = np.clip(draw.normal(mean, 5, pupils).round(), 7, 35)
    rest = np.clip(draw.normal(mean, 5, 900).round(), 7, 35)
    return np.array([[len(x), x.sum(), (x**2).sum()] for x in (here, np.concatenate([here, rest]))])


def _headline(draw: np.random.Generator, pupils: int, others: int) -> np.ndarray:
    share = draw.beta(0.8, 0.8)
    there = np.clip(share + draw.normal(0, 0.08), 0, 1)
    own = draw.binomial(pupils, share)
    return np.array([[pupils, own], [pupils + others, own + draw.binomial(others, there)]], float)


def _score(draw: np.random.Generator, pupils: int, others: int) -> np.ndarray:
    own = np.clip(draw.normal(draw.uniform(12, 30), 5, pupils).round(), 7, 35)
    rest = np.clip(draw.normal(own.mean() + draw.normal(0, 1), 5, others).round(), 7, 35)
    moments = [[len(x), x.sum(), (x**2).sum()] for x in (own, np.concatenate([own, rest]))]
    return np.array(moments)


def _source(sums: Sums, words: Words, past: Sums | None) -> Source:
    pupils, everybody = map(int, sums.sizes)
    cells = _both(sums)
    shown = sorted(cells[HERE].keys() & cells[EVERYWHERE].keys())
    cube = ReleasedCube(
        rules="r",
        verdict_rule="v",
        breakdowns=(),
        groups=(ReleasedGroup(EVERYWHERE, everybody), ReleasedGroup(HERE, pupils)),
        cells=cells,
        comparisons={HERE: compare(sums, Group(SCHOOL), shown, STANDARD, RULE)},
    )
    if past:
        everything = frozenset(sums.columns)
        earlier = Earlier("before", _both(past), Comparable(everything, everything))
        changed = since(cells, earlier, BOROUGH, STANDARD, RULE)
        cube = replace(cube, earlier="before", since=changed)
    return Source(
        place=SCHOOL, name="Ash", borough=BOROUGH, borough_name="Exampleham", wave="Wave",
        wave_key="wave", made_up=True, outline=Outline((), ()), cube=cube, words=words,
        then="May 2024" if past else "",
    )  # fmt: skip


def _both(sums: Sums) -> dict:
    return {name: _cells(sums, row) for row, name in enumerate((HERE, EVERYWHERE))}


def _cells(sums: Sums, row: int) -> dict:
    found = {}
    for key, table in sums.columns.items():
        if key[0] == "h":
            n, met = table[row]
            found[key] = headline_cell(int(met), int(n), "school", STANDARD)
        else:
            ruler = float(sums.ruler(key).sd)
            cell = score_cell(summarise(*table[row]), ruler, ScoreMeasure(7, 35), STANDARD)
            if not isinstance(cell, Hidden):
                found[key] = cell
    return found


# ---- the truth

# Of each measure: p as it stands alone, and adjusted over all of the view.
Chances = dict[str, tuple[float, float]]


def with_adjusted(raw: dict[str, float]) -> Chances:
    if not raw:
        return {}
    alone = list(raw.values())
    return dict(zip(raw, zip(alone, false_discovery_control(alone), strict=True), strict=True))


def compared(told: list[Told]) -> Chances:
    """scipy's p of every headline that has a comparison."""
    rows = {each.finding.key: each.finding.comparison for each in told if each.finding.comparison}
    raw = {key: found.p for key, found in rows.items()}
    for each in told:
        if each.finding.key in raw and each.share:
            (n, x), (all_n, all_x) = each.own, each.whole
            table = [[x, n - x], [all_x - x, all_n - n - all_x + x]]
            p = chi2_contingency(table, correction=False).pvalue
            assert raw[each.finding.key] == pytest.approx(p, abs=1e-4)
            raw[each.finding.key] = p
    return with_adjusted(raw)


def changed(told: list[Told]) -> Chances:
    """scipy's p of every change of a headline since the wave before."""
    raw = {each.finding.key: each.finding.since.p for each in told if each.finding.since}
    for each in told:
        if each.finding.key in raw and each.share:
            (n, x), (n_then, x_then) = each.own, each.then
            table = [[x, n - x], [x_then, n_then - x_then]]
            p = chi2_contingency(table, correction=False).pvalue
            assert raw[each.finding.key] == pytest.approx(p, abs=1e-4)
            raw[each.finding.key] = p
    return with_adjusted(raw)


def sentences(each: Told) -> Iterator[str]:
    return (sentence.text for sentence in each.finding.sentences)


def in_our_words(each: Told) -> Iterator[str]:
    """The sentences, with our words in the place of the council's."""
    return (in_ours(text) if each.own_words else text for text in sentences(each))


def check(each: Told, beside: Chances, moved: Chances) -> None:
    first, *rest = in_our_words(each)
    share = each.share
    if each.finding.since:
        *rest, then, what_became = rest
        _check_then(each, then)
        _check_change(each, what_became, moved)
    value = 100 * each.own[1] / each.own[0] if share else each.own[1] / each.own[0]
    found = (SHARE if share else MEAN).fullmatch(first)
    if found:
        _check_figure(each, found, value, 0.56 if share else 0.051)
    else:
        n, x = each.own
        assert each.finding.since is None
        true = {words.format(n=int(n)): test for words, test in NEAR_AN_END.items()}[first]
        assert true(n, x)
        assert each.finding.chart is None
        assert each.finding.comparison is None
    others = ALL_SCHOOLS.fullmatch(rest[0])
    assert others or len(rest) == 0 or "pupils" in rest[0], rest
    if others and others[1][0].isdigit():
        whole = each.whole[1] / each.whole[0] * (100 if share else 1)
        assert float(others[1]) == pytest.approx(whole, abs=0.56 if share else 0.051)
    if each.finding.comparison:
        _check_verdict(each, rest[1], beside)
    else:
        assert len(rest) <= 1


def _check_figure(each: Told, found: re.Match[str], value: float, near: float) -> None:
    said, low, high = (float(group) for group in found.groups())
    assert said == pytest.approx(value, abs=near)
    assert low <= said <= high
    (row,) = each.finding.chart.rows
    show = each.finding.chart.show
    assert row.low <= row.value <= row.high
    assert [show(x).rstrip("%") for x in (row.value, row.low, row.high)] == list(found.groups())
    assert each.finding.chart.table()[1][0][1] == show(row.value)
    # The mark speaks of now; what was then is told beside the chart, in two sentences.
    assert row.text == " ".join(list(sentences(each))[: -2 if each.finding.since else None])


def _check_then(each: Told, words: str) -> None:
    found = THEN.fullmatch(words)
    assert found, words
    n, total, *_ = each.then
    true, near = (100 * total / n, 0.56) if each.share else (total / n, 0.101)
    assert float(found[1]) == pytest.approx(true, abs=near)


def _check_change(each: Told, words: str, moved: Chances) -> None:
    (n, now, *_), (n_then, then, *_) = each.own, each.then
    assert (words == NO_VERDICT) == (min(n, n_then) < RULE.min_base)
    if words != NO_VERDICT:
        _check_word(each, words, "May 2024", now / n - then / n_then, moved)


def _check_verdict(each: Told, words: str, chances: Chances) -> None:
    n = each.own[0]
    assert (words == NO_VERDICT) == (n < RULE.min_base)
    if n < RULE.min_base:
        return
    rest = (each.whole[1] - each.own[1]) / (each.whole[0] - n)
    _check_word(each, words, "the other schools", each.own[1] / n - rest, chances)


def _check_word(each: Told, words: str, beside: str, gap: float, chances: Chances) -> None:
    found = VERDICT.fullmatch(words)
    assert found, words
    assert found["beside"] == beside
    seldom = found["why"].endswith("seldom seen by chance")
    alone, p = chances[each.finding.key]
    assert seldom == (found["word"] != "About the same as")
    if found["word"] == "Higher than":
        assert gap > 0
    if found["word"] == "Lower than":
        assert gap < 0
    if each.share and abs(100 * abs(gap) - RULE.min_points) > 1e-9:
        assert seldom == (p < RULE.alpha and 100 * abs(gap) >= RULE.min_points)
    if not seldom and abs(p - RULE.alpha) > 1e-3:
        assert found["why"].startswith("the difference") == (p < RULE.alpha)
        if p > RULE.alpha and abs(alone - RULE.alpha) > 1e-3:
            assert found["why"].startswith("among so many") == (alone < RULE.alpha)


def check_what_stands_out(told: list[Told]) -> None:
    topics = tuple(
        TopicSection(each.finding.key, each.finding.title, (each.finding,), ()) for each in told
    )
    found = stands_out((ThemeSection("t", "T", topics),))
    assert len(found) <= RULE.most
    differ = [each for each in told if differs(each.finding)]
    assert len(found) == min(RULE.most, len(differ))
    for each in found:
        _check_kind(each)


DIFFERS = re.compile(r"\b(higher|lower) than in the other schools\b", re.IGNORECASE)


def differs(finding: Finding) -> bool:
    return any(DIFFERS.search(str(sentence)) for sentence in finding.sentences)


def _check_kind(each: StandOut) -> None:
    words = " ".join(str(sentence) for sentence in each.finding.sentences).lower()
    better = {
        "higher_better": "higher than in the other schools",
        "lower_better": "lower than in the other schools",
    }
    assert differs(each.finding)
    if each.finding.direction is None:
        assert each.heading == "Other differences"
    else:
        good = better[each.finding.direction] in words
        assert each.heading == ("Strengths" if good else "Opportunities")


def schools_agree(seeds: range, words: Words | None = None) -> int:
    checked = 0
    for seed in seeds:
        told = random_school(seed, words)
        beside, moved = compared(told), changed(told)
        for each in told:
            check(each, beside, moved)
        check_what_stands_out(told)
        checked += len(told)
    return checked


def test_no_sentence_disagrees_with_its_figures() -> None:
    assert schools_agree(range(60)) > 60 * HEADLINES


@pytest.mark.nightly
def test_nor_in_a_hundred_thousand_findings() -> None:
    checked = schools_agree(range(1000, 3050))
    print(f"{checked:,} findings")
    assert checked > 100_000


def test_the_random_schools_have_every_kind_of_sentence() -> None:
    """Otherwise the test above would prove less than it says."""
    told = [each for seed in range(60) for each in random_school(seed)]
    words = " ".join(text for each in told for text in in_our_words(each))
    wanted = [*(w.split("(")[0] for w in NEAR_AN_END), "Higher than", "Lower than", NO_VERDICT]
    wanted += ["often seen by chance", "the difference is small", "may be chance"]
    wanted += ["it is fewer than 5"]
    wanted += [
        f"{word} in May 2024: " for word in ("Higher than", "Lower than", "About the same as")
    ]
    assert [each for each in wanted if each not in words] == []


def test_half_of_them_are_told_in_a_councils_words() -> None:
    told = [each for seed in range(20) for each in random_school(seed)]
    own = [text for each in told if each.own_words for text in sentences(each)]
    assert 0.4 < sum(each.own_words for each in told) / len(told) < 0.6
    assert sum(text != in_ours(text) for text in own) > 0.9 * len(own)
    assert not any("Zebras" in text for text in own)  # the words for another school
