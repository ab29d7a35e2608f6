"""What the database keeps of builds and releases: nothing in it is about a single pupil."""

from reports.models.build import Build, BuildStep, Leased
from reports.models.release import Approval, Publication, PublicationEvent, ReleasedPlace
from reports.models.rendered import RenderedFile

__all__ = [
    "Approval",
    "Build",
    "BuildStep",
    "Leased",
    "Publication",
    "PublicationEvent",
    "ReleasedPlace",
    "RenderedFile",
]
