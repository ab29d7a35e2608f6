"""The questionnaire as data: a JSON document read into plain frozen objects.

`parse` turns a document into a `Questionnaire` or raises `DefinitionErrors` that lists every
problem found, each with the place in the document and a sentence saying why.
No Django here: a definition can be checked, walked and scored without a database.
"""

from surveys.definition.answers import AnswerProblem, check_answers, parse_answers
from surveys.definition.asked import asked_years, scored_years
from surveys.definition.columns import ItemColumn, ScoreColumn, columns, score_columns
from surveys.definition.conditions import Condition
from surveys.definition.kinds import (
    KINDS,
    Answer,
    AnswerError,
    Choice,
    Kind,
    Multi,
    Number,
    Option,
    Percent,
)
from surveys.definition.problems import DefinitionErrors, Problem
from surveys.definition.reading import build, fingerprint, load, parse, read_document
from surveys.definition.shapes import (
    Band,
    Conversion,
    Formula,
    Headline,
    Item,
    Licence,
    Meets,
    Page,
    Part,
    Permission,
    Questionnaire,
    Scale,
    Theme,
    Topic,
    Wording,
)

__all__ = [
    "KINDS",
    "Answer",
    "AnswerError",
    "AnswerProblem",
    "Band",
    "Choice",
    "Condition",
    "Conversion",
    "DefinitionErrors",
    "Formula",
    "Headline",
    "Item",
    "ItemColumn",
    "Kind",
    "Licence",
    "Meets",
    "Multi",
    "Number",
    "Option",
    "Page",
    "Part",
    "Percent",
    "Permission",
    "Problem",
    "Questionnaire",
    "Scale",
    "ScoreColumn",
    "Theme",
    "Topic",
    "Wording",
    "asked_years",
    "build",
    "check_answers",
    "columns",
    "fingerprint",
    "load",
    "parse",
    "parse_answers",
    "read_document",
    "score_columns",
    "scored_years",
]
