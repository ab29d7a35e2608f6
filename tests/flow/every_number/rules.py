"""What each block of words with a number in it has to say. The first rule that knows it has it.

A rule gives the numbers in their order, or None where the block is not its own. A block is known by
the part of the page that it stands in, and by the figure that it names, never by how it looks.
"""

import hashlib
import re
from collections.abc import Callable, Iterator

from tests.flow.every_number.statements import (
    View,
    before,
    beside,
    change,
    chart_sentence,
    finding,
    told,
    verdict,
)
from tests.flow.every_number.tree import Node
from tests.flow.every_number.truth import THEN, dims_of
from tests.flow.every_number.words import (
    HEADS,
    PAIRS,
    SCALES,
    figure_of,
    headline_of,
    numbers,
    people,
    shown,
    year_of,
)

Rule = Callable[[Node, View], list[str] | None]
TOOK_PART = re.compile(
    r"\d pupils (?:in our school )?(?:who live here )?(?:who )?took part(?! of)", re.IGNORECASE
)


def under(node: Node, *ids: str) -> bool:
    """Whether it stands in the part of the page that has one of these ids."""
    return node.within(lambda each: each.id in ids) is not None


def term(node: Node) -> str:
    """What a value in a list of terms is of."""
    terms = [each for each in node.older if each.tag == "dt"]
    return terms[-1].text if node.tag == "dd" and terms else ""


# What a page says of itself and of the method


def reading(node: Node, view: View) -> list[str] | None:
    """How to read a figure: examples, which are of nobody."""
    examples = {"34 in 100": ["34"], "<5 %, hatched, not shown": ["<5"]}
    if node.tag == "dt" and node.text in examples:
        return examples[node.text]
    return ["100", "34"] if term(node) == "34 in 100" else None


def rule(node: Node, view: View) -> list[str] | None:
    """One rule of the release: its number, as it is or in percent, and why it is that."""
    whole = node.within(lambda each: each.tag == "dd")
    for each in view.truth.rules.values() if view.page == "method" and whole else ():
        why, value = each.get("source") or each["why"], each["value"]
        if node.line == why:
            return numbers(why)
        if whole.text.endswith(why) and isinstance(value, int | float):
            return [f"{100 * value:g}" if node.line.endswith("%") else f"{value:g}"]
    return None


def method(node: Node, view: View) -> list[str] | None:
    """The rules in sentences: each number is one of the rules that the release names."""
    if not (view.page == "method" or under(node, "method")):
        return None
    found, known = numbers(node.line), sorted(rule_numbers(view))
    return found if set(found) <= set(known) else known


def rule_numbers(view: View) -> Iterator[str]:
    """Every number that the rules may be told by. An interval is of 95 in 100."""
    yield from ("95", "100", "<5", ">95", "1")
    for each in view.truth.rules.values():
        value = each["value"]
        if isinstance(value, int | float):
            yield f"{value:g}"
            if value < 1:
                yield f"{100 * value:g}"
                yield f"{100 - 100 * value:g}"


def boundaries(node: Node, view: View) -> list[str] | None:
    """Of which year the boundaries are."""
    return [view.truth.vintage] if term(node) == "Boundaries" else None


def file(node: Node, view: View) -> list[str] | None:
    """Size and mark of a file of the open data, and what its columns are."""
    if view.page != "data":
        return None
    if node.tag == "dd":  # "95 times in 100", "such as <5 %"
        return {"low": ["95", "100"], "shown": ["<5"]}.get(term(node))
    heads = [each for each in node.older if each.tag == "h3"]
    if node.tag != "p" or not heads:
        return None
    content = view.files[heads[-1].text]
    if node.line.startswith("SHA-256"):
        return numbers(f"SHA-256 {hashlib.sha256(content).hexdigest()}")
    since = [view.truth.years[THEN]] if heads[-1].text == "changes.csv" else []
    length = len(content)
    return [*since, shown(length / 1024, 1) if length >= 1024 else str(length)]


def embed(node: Node, view: View) -> list[str] | None:
    """The line to copy: an address of this place, and the size of the frame."""
    if node.tag != "textarea" or not node.line.startswith("<iframe"):
        return None
    ((address, key),) = re.findall(r'src="https?://[^/]+(/results/[^"]+/(\w+)/)"', node.line)
    place = f"{view.place.kind}/{view.place.key}"
    wanted = f"/results/{view.truth.build.wave.key}/embed/{place}/{key}/"
    return [*numbers(wanted), "100", "700"] if address == wanted else [wanted]


def step(node: Node, view: View) -> list[str] | None:
    """A next step to think about: as the library has it, with the year of its source."""
    found = (each for each in view.truth.steps["strategies"] if each["title"] in node.line)
    strategy = next(found, None)
    if strategy is None:
        return None
    source = view.truth.steps["sources"][strategy["source"]]
    words = (strategy["title"], strategy["text"], str(source["year"] or ""), source["title"])
    return [number for each in words for number in numbers(each)]


# Who took part


def took_part(node: Node, view: View) -> list[str] | None:
    """Who took part, of the roll and of each year group."""
    if not under(node, "took-part") or not term(node):
        return None
    name, counts = term(node), view.place.participation
    if name.startswith("Year "):
        return [str(view.place.sizes()[("year_group", name.split()[1]),])]
    if name == "All schools":
        counts = view.borough.participation
    count, on_roll = counts["took_part"], counts["on_roll"]
    if name in {"Took part", "All schools"}:
        return [str(count), str(on_roll), shown(100 * count / on_roll)]
    known = {"On the roll": on_roll, "Opted out": counts["opted_out"]}
    return [str(known[name])] if name in known else None


def pupils(node: Node, view: View) -> list[str] | None:
    """How many pupils the page is of."""
    if node.tag != "p" or not TOOK_PART.search(node.line):
        return None
    other = [str(view.other.sizes()[()])] if view.other else []
    return [*year_of(view.values), str(view.place.sizes()[view.values]), *other]


def area(node: Node, view: View) -> list[str] | None:
    """How many pupils of an area took part."""
    if node.tag != "li" or not under(node, "areas"):
        return None
    place = next((p for p in view.truth.public if node.line.startswith(p.name)), None)
    return [str(place.sizes()[()])] if place else None


# Figures


def same_as_then(node: Node, view: View) -> list[str] | None:
    """How many figures are about the same as in the wave before."""
    if node.tag != "summary" or not under(node, "change"):
        return None
    found = [view.place.since(key, view.values) for key in (*HEADS, *SCALES)]
    count = sum(each is not None and each.verdict == "same" for each in found)
    return ["same", view.truth.years[THEN], str(count)]


def changed(node: Node, view: View) -> list[str] | None:
    """One figure that is higher or lower than it was."""
    key = figure_of(node.line)
    return change(view, key) if key and node.tag == "li" and under(node, "change") else None


def groups_apart(node: Node, view: View) -> list[str] | None:
    """Two groups of a school on a headline: "62 in 100 girls …. Higher than for boys (48)."."""
    key = headline_of(node.line)
    if not key or node.tag != "li" or not under(node, "groups") or not view.is_school:
        return None
    for dim, *codes in PAIRS:
        one, two = (((dim, code),) for code in codes)
        if f" {people(one)} {HEADS[key]['label']}" in node.line:
            figures = [view.place.figure(key, side) for side in (one, two)]
            shares = [round(100 * each.count / each.n, 1) for each in figures]
            word = "higher" if shares[0] > shares[1] else "lower"
            return [shown(shares[0]), *year_of(one), word, *year_of(two), shown(shares[1])]
    return None


def glance(node: Node, view: View) -> list[str] | None:
    """A headline at a glance: "49 in 100 felt calm (46 to 53)"."""
    key = headline_of(node.line)
    if not key or not under(node, "topics"):
        return None
    found = view.place.figure(key, view.values)
    if found is None or found.value is None:
        return beside(found, key) if found else []
    return [shown(each) for each in (found.value, found.low, found.high)]


def elsewhere(node: Node, view: View) -> list[str] | None:
    """Pupils like yours in the other schools, by the mix that they were counted by."""
    details = node.within(lambda each: each.tag == "details")
    if node.tag != "dd" or details is None:
        return None
    key = figure_of(details.first("summary").text.partition(": ")[2])
    mixes = view.place.documents[-1]["elsewhere"].get(view.place.group(), {})
    for dims, _n, percent, low, high in mixes.get(key, []):
        first, *more = dims_of("+".join(dims))
        if term(node) == " and ".join([first, *(each[0].lower() + each[1:] for each in more)]):
            return [shown(each) for each in (percent, low, high) if each is not None]
    return None


def external(node: Node, view: View) -> list[str] | None:
    """Somebody else's figure, as it was loaded."""
    loaded = next((each for each in view.truth.external if each["source"] in node.line), None)
    if loaded is None or node.tag != "li":
        return None
    return [str(loaded["year"]), shown(loaded["value"]), str(loaded["n"])]


def paragraph(node: Node, view: View) -> list[str] | None:
    """One figure of the page's group, and what it was before unless the next paragraph says so."""
    key = figure_of(node.line)
    if not key or node.tag != "p":
        return None
    after = node.younger[0] if node.younger else None
    return chart_sentence(view, key) if after and _is_of_then(after) else finding(view, key)


def then(node: Node, view: View) -> list[str] | None:
    """What a figure was before, in a paragraph of its own after the figure's."""
    return before(view, str(figure_of(node.older[-1].line))) if _is_of_then(node) else None


def _is_of_then(node: Node) -> bool:
    """It names no figure, and speaks of the one that the paragraph before it is about."""
    pair = [*node.older[-1:], node]
    known = [bool(figure_of(each.line)) for each in pair if each.tag == "p"]
    return known == [True, False] and bool(numbers(node.line))


# Other pages and papers


def picture(node: Node, view: View) -> list[str] | None:
    """The words of a picture to share: the sentence, the people filled in, its sizes in pixels."""
    if view.page != "picture":
        return None
    if node.tag == "figcaption":
        return ["1200", "630"] if node.line.startswith("Wide") else ["1080", "1080"]
    found = view.place.figure(view.subject)
    sentence = told(found, view.subject)
    if node.tag not in {"img", "textarea"}:
        return sentence
    year = view.truth.build.wave.name.split()[-1]
    return [*sentence, shown(found.value), year, *numbers(view.truth.source)]


def summary(node: Node, view: View) -> list[str] | None:
    """For governors: the figure and what stands beside it."""
    key = figure_of(node.line)
    return chart_sentence(view, key) if key and view.page == "summary" else None


def edition(node: Node, view: View) -> list[str] | None:
    """For pupils: our school's figure and all schools', and how to read the dots."""
    if view.page != "pupils":
        return None
    key = headline_of(node.line)
    if key is None:
        fixed = {"Each picture": ["100", "1", "100"], "Talk about": ["0800", "1111"]}
        return next((found for start, found in fixed.items() if node.line.startswith(start)), None)
    figures = [place.figure(key) for place in (view.place, view.borough)]
    compared = view.place.comparison(key)
    return [*(shown(each.value) for each in figures), *verdict(view, compared[-1])]


RULES: tuple[Rule, ...] = (
    reading, rule, method, boundaries, took_part, pupils, same_as_then, changed, groups_apart,
    glance, area, elsewhere, external, step, picture, file, embed, summary, edition, paragraph,
    then,
)  # fmt: skip
