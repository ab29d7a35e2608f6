"""What was released: the stored documents of each place, in both waves, read without the program.

Cells are short lists in a document: "h" a headline, "s" a score, "a" how a question was answered.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import reports
from reports.models import Build, ExternalTable, ReleasedPlace
from schools.models import Area
from tests.flow.every_number.words import DIMS, SCALES, Values

RULES = Path(reports.__file__).parent
NOW, THEN = 1, 0  # waves, the earlier first
PUBLIC = ("borough", "locality", "ward")


@dataclass(frozen=True)
class Figure:
    """A headline in percent or a score; `value` None where `label` stands for it."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    label: str = ""
    count: int | None = None
    sd: float | None = None


@dataclass(frozen=True)
class Since:
    n: int
    value: float
    before_n: int
    before: float
    difference: float
    low: float
    high: float
    verdict: str | None
    schools: int | None


@dataclass(frozen=True)
class Place:
    """One place with its documents, [earlier wave, this wave]; None where it was not released."""

    kind: str
    key: str
    name: str
    documents: tuple[Mapping[str, Any] | None, Mapping[str, Any]]
    participation: Mapping[str, Any] | None

    def group(self, values: Values = ()) -> str:
        pairs = (f"|{dim}={value}" for dim, value in sorted(values))
        return f"{self.kind}:{self.key}{''.join(pairs)}"

    def cell(self, measure: str, values: Values = (), wave: int = NOW) -> list[Any] | None:
        document = self.documents[wave]
        return document["cells"].get(self.group(values), {}).get(measure) if document else None

    def figure(self, measure: str, values: Values = (), wave: int = NOW) -> Figure | None:
        found = self.cell(measure, values, wave)
        if found is None:
            return None
        if found[0] == "h":
            _, n, count, percent, low, high, label = found
            return Figure(n, percent, low, high, label, count)
        _, n, mean, sd, low, high = found
        return Figure(n, mean, low, high, sd=sd)

    def drawn(self, measure: str, values: Values = (), wave: int = NOW) -> Figure | None:
        """As in sentences and charts: a score's range ends with its scale."""
        found = self.figure(measure, values, wave)
        if found is None or measure not in SCALES:
            return found
        least, most = SCALES[measure]["range"]
        return replace(found, low=max(found.low, least), high=min(found.high, most))

    def sizes(self, wave: int = NOW) -> dict[Values, int]:
        """Pupils of each published group of the place itself."""
        document = self.documents[wave]
        groups = document["groups"] if document else []
        own = f"{self.kind}:{self.key}"
        return {_values(name): n for name, n in groups if name.split("|")[0] == own}

    def groups(self, demographics: int, wave: int = NOW) -> list[Values]:
        """Published groups by so many demographics, those who are the same pupils once."""
        found = [values for values in self.sizes(wave) if len(values) == demographics]
        return [v for v in found if not (_same_as_sen(v) in found and _same_as_sen(v) != v)]

    def since(self, measure: str, values: Values = ()) -> Since | None:
        found = self.documents[NOW].get("since", {}).get(self.group(values), {}).get(measure)
        if found is None:
            return None
        *figures, _p, _adjusted, _effect, verdict, schools = found
        return Since(*figures, verdict, schools)

    def comparison(self, measure: str, values: Values = ()) -> list[Any] | None:
        """[n, value, n of the others, theirs, difference, low, high, p, p adjusted, effect,
        verdict]."""
        return self.documents[NOW]["comparisons"].get(self.group(values), {}).get(measure)

    @property
    def apart(self) -> dict[str, str]:
        """Measures that may not be compared with the wave before, and why."""
        reasons = self.documents[NOW]["apart"]
        return {measure: why for why, measures in reasons.items() for measure in measures}

    @property
    def hidden(self) -> Iterator[tuple[str, str, str]]:
        """(demographics, measure or "all", reason) of what is withheld of the place itself."""
        own = f"{self.kind}:{self.key}"
        document = self.documents[NOW]
        for place, dims, status, reason in document["breakdowns"]:
            if place == own:
                if status != "published":
                    yield "+".join(dims), "all", reason
                name = "|".join([own, *dims])
                for why, measures in document["hidden"].get(name, {}).items():
                    for measure in measures:
                        yield "+".join(dims), measure, why


def _same_as_sen(values: Values) -> Values:
    return tuple(("sen", v) if (d, v) == ("sen_detail", "none") else (d, v) for d, v in values)


def _values(group: str) -> Values:
    pairs = (pair.partition("=") for pair in group.split("|")[1:])
    return tuple(sorted((dim, value) for dim, _, value in pairs))


@dataclass(frozen=True)
class Truth:
    """A published build and the one before it."""

    build: Build

    @cached_property
    def places(self) -> dict[tuple[str, str], Place]:
        then = {(p.kind, p.key): p.document for p in self.build.earlier.places.all()}
        return {
            (p.kind, p.key): Place(
                p.kind, p.key, p.name, (then.get((p.kind, p.key)), p.document), p.participation
            )
            for p in ReleasedPlace.objects.filter(build=self.build)
        }

    @property
    def borough(self) -> Place:
        return next(place for place in self.places.values() if place.kind == "borough")

    def of_kind(self, kind: str) -> list[Place]:
        return [place for place in self.places.values() if place.kind == kind]

    @property
    def public(self) -> list[Place]:
        return [place for kind in PUBLIC for place in self.of_kind(kind)]

    def named(self, name: str) -> Place | None:
        return next((place for place in self.places.values() if place.name == name), None)

    @cached_property
    def wards(self) -> list[str]:
        """The names of all wards, whether or not anything of them is released."""
        areas = Area.objects.filter(authority=self.build.wave.authority, kind="ward")
        return [area.name for area in areas]

    @cached_property
    def vintage(self) -> str:
        """Of the boundaries."""
        (found,) = set(Area.objects.values_list("vintage", flat=True))
        return str(found)

    @cached_property
    def waves(self) -> tuple[str, str]:
        """When each was, as pages say it."""
        waves = (self.build.earlier.wave, self.build.wave)
        then, now = (f"{wave.opens_on:%B %Y}" for wave in waves)
        return then, now

    @property
    def years(self) -> tuple[str, str]:
        then, now = (when.split()[1] for when in self.waves)
        return then, now

    @cached_property
    def source(self) -> str:
        """The part of a source line that names the release."""
        return f"release {str(self.build.pk)[:8]} of {self.day}"

    @cached_property
    def day(self) -> str:
        event = self.build.wave.publication_events.first()
        return f"{event.at.day} {event.at:%B %Y}"

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Why something is not shown, in the words that are stored with it."""
        hidden = {why for place in self.places.values() for _, _, why in place.hidden}
        return frozenset(hidden | set(self.borough.apart.values()))

    @cached_property
    def names(self) -> frozenset[str]:
        """What has a number in its name and is no figure: waves, the release, reasons given."""
        ids = {self.source, self.day, str(self.build.pk), "Open Government Licence v3.0"}
        waves = {self.build.wave.name, self.build.earlier.wave.name}
        return frozenset({*self.waves, *waves, *ids, *self.reasons})

    @cached_property
    def external(self) -> list[Mapping[str, Any]]:
        """Other people's figures as they were loaded."""
        tables = ExternalTable.objects.filter(authority=self.build.wave.authority)
        return [each for table in tables for each in table.figures]

    @cached_property
    def steps(self) -> Mapping[str, Any]:
        """The library of next steps, which is no figure of anybody."""
        return json.loads((RULES / "strategies/library.json").read_text())

    @cached_property
    def rules(self) -> dict[str, Any]:
        """The two rule sets that the release names: each rule's value, and why it is that."""
        document = self.borough.documents[NOW]
        names = [document[key].replace(" ", "-") for key in ("rules", "verdict_rule")]
        disclosure = json.loads((RULES / f"disclosure/rulesets/{names[0]}.json").read_text())
        verdicts = json.loads((RULES / f"stats/rulesets/{names[1]}.json").read_text())
        return {**disclosure["rules"], **verdicts["numbers"]}

    def rule(self, name: str) -> Any:
        return self.rules[name]["value"]


def dims_of(split: str) -> list[str]:
    """ "fsm+year_group" -> names in words, the year group first."""
    found = sorted(split.split("+"), key=lambda dim: dim != "year_group")
    return [DIMS[dim] for dim in found]
