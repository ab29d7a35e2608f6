"""What the database keeps of builds and releases: nothing in it is about a single pupil."""

from reports.models.build import Build, BuildStep, Leased
from reports.models.external import ExternalTable
from reports.models.ledger import LedgerEntry
from reports.models.quality import QualityRecord
from reports.models.register import RegisterTable
from reports.models.release import Approval, Publication, PublicationEvent, ReleasedPlace
from reports.models.rendered import RenderedFile
from reports.models.words import WordsEdit

__all__ = [
    "Approval",
    "Build",
    "BuildStep",
    "ExternalTable",
    "Leased",
    "LedgerEntry",
    "Publication",
    "PublicationEvent",
    "QualityRecord",
    "RegisterTable",
    "ReleasedPlace",
    "RenderedFile",
    "WordsEdit",
]
