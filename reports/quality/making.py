"""The quality page's figures, made when a build is counted and stored with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reports.disclosure.lattice import Place
from reports.disclosure.released import ReleasedCube
from reports.disclosure.rules import RuleSet
from reports.presenters import labels
from reports.quality import answering, flags, scales, turnout, weighted
from reports.quality.sections import Section
from reports.quality.tables import QualityReport, quality_report
from surveys.frames import (
    Questionnaire,
    answer_frames,
    columns,
    linkage_counts,
    part_tables,
    quality_frame,
    roll_frame,
    year_groups_on_roll,
)
from surveys.models import Wave

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from reports.stats.proportions import Floats


@dataclass(frozen=True, eq=False)
class Gathered:
    """Rows about pupils, in memory only and in the order in which they were counted.

    counted: demographics. values: headlines (1, 0, NaN). marked: flags. scales: sums by scale.
    quality: how each response of either edition was answered. roll: who could have taken part.
    """

    definition: Questionnaire
    counted: "pd.DataFrame"
    values: "pd.DataFrame"
    marked: "pd.DataFrame"
    scales: "Mapping[str, scales.Sums]"
    quality: "pd.DataFrame"
    roll: "pd.DataFrame"
    weights: weighted.Weighted

    def beside(self, rules: RuleSet) -> "dict[str, Floats]":
        """The columns that this page publishes besides, for the certificate: a weight a pupil."""
        found: dict[str, Floats] = {}
        if self.weights.weights is not None:
            found["weighted"] = self.weights.weights.weights
        kept = flags.without_flags(self.marked, rules)
        if kept is not None:
            found["without flags"] = np.asarray(kept, dtype=float)
        return found


def gather(wave: Wave, counted: "pd.DataFrame", rules: RuleSet, *, private_key: bytes) -> Gathered:
    """Everything the page needs of a wave.

    Args:
        counted: demographics of the pupils counted, by `person`.
    """
    import pandas as pd

    definition = wave.questionnaire.definition
    keys = [headline.key for headline in definition.headlines]
    values, added = [], dict[str, scales.Sums]()
    for answers in answer_frames(wave, private_key=private_key):
        values.append(answers.set_index("person")[keys])
        for scale, parts in part_tables(definition, answers).items():
            more = scales.sums(parts)
            added[scale] = added[scale] + more if scale in added else more
    quality, roll = quality_frame(wave, private_key=private_key), roll_frame(wave)
    has_roll = wave.source == Wave.Source.LESSONS
    return Gathered(
        definition=definition,
        counted=counted,
        values=pd.concat(values).loc[counted.index],
        marked=flags.flags(quality, counted.index),
        scales=added,
        quality=quality,
        roll=roll,
        weights=weighted.weights(counted, roll if has_roll else None, rules),
    )


def document(
    wave: Wave, gathered: Gathered, released: ReleasedCube, rules: RuleSet
) -> dict[str, Any]:
    """The page as JSON data: sections of words and figures, none of them about fewer than k."""
    definition, values = gathered.definition, gathered.values
    names = {each.key: each.label for each in definition.headlines}
    titles = {scale.key: scale.title for scale in definition.scales}
    borough = Place("borough", wave.authority.code)
    has_roll = wave.source == Wave.Source.LESSONS
    groups = {**labels.VALUES, **{("year_group", y): f"Year {y}" for y in _years(wave)}}
    sections = (
        turnout.coverage(gathered.roll, year_groups_on_roll(wave)),
        turnout.response(gathered.roll, groups, has_roll),
        turnout.linkage(linkage_counts(wave)),
        weighted.beside(values, gathered.counted["school"], gathered.weights, names, rules),
        flags.sensitivities(values, gathered.marked, names, rules),
        *_tables(quality_report(gathered.quality)),
        scales.reliability(gathered.scales, titles, rules.sd_base),
        answering.missing(released, borough, _questions(definition)),
    )
    return {"sections": [each.to_document() for each in sections]}


def _years(wave: Wave) -> list[str]:
    return [str(year) for year in wave.year_groups]


def _questions(definition: Questionnaire) -> list[answering.Question]:
    return [
        answering.Question(
            column.key,
            _text(definition, column.item, column.text, ticked=column.option is not None),
            frozenset(code for code, _, kind in column.codes if kind == "prefer_not"),
        )
        for column in columns(definition)
    ]


def _text(definition: Questionnaire, item: str, text: str, *, ticked: bool) -> str:
    return f"{definition.items[item].text} {text}" if ticked else text


def _tables(report: QualityReport) -> tuple[Section, ...]:
    """The tables of `quality_report` as sections."""
    left_out = "Left out: it would tell of fewer than ten pupils."
    tables = [
        Section(
            f"table-{place}",
            table.title,
            "" if table.cells else left_out,
            ("Kind", "Responses"),
            tuple((kind, f"{pupils:,}") for kind, pupils in table.cells),
        )
        for place, table in enumerate(report.tables)
    ]
    quartiles = Section(
        "quartiles",
        "Times and gaps",
        "Where every quarter holds ten pupils.",
        ("Measure", "A quarter below", "Half below", "Three quarters below", "Unit"),
        tuple(
            (each.title, *(map(str, each.values or ("too few",) * 3)), each.unit)
            for each in report.quartiles
        ),
    )
    return (*tables, quartiles)
