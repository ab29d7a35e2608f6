"""What every file says of where it comes from: council, wave, release, and how to cite it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.models import Build

MADE_UP = "Made-up data: about no real school or pupil."
MADE_UP_AREAS = "Made-up boundaries: they are of no real place."
LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True)
class Imprint:
    """`release` names the build for ever; `released` is the day on which it became public."""

    council: str
    wave: str
    wave_key: str
    release: str
    released: date
    made_up: bool

    @property
    def short(self) -> str:
        """The release in the few letters that a picture has room for."""
        return self.release.split("-", maxsplit=1)[0]

    @property
    def day(self) -> str:
        return f"{self.released.day} {self.released:%B %Y}"

    @property
    def source(self) -> str:
        """The line under a picture."""
        return f"Source: {self.council}, {self.wave}, release {self.short} of {self.day}."

    @property
    def citation(self) -> str:
        """How to name the figures in full."""
        warning = f" {MADE_UP}" if self.made_up else ""
        return (
            f"{self.council}, Youth Wellbeing Census, {self.wave}. "
            f"Released {self.day}, release {self.release}.{warning}"
        )


def imprint(build: "Build") -> Imprint:
    """Of a published build, dated by its newest entry in the release log."""
    from django.utils.timezone import localdate

    wave, event = build.wave, build.publication_events.first()
    return Imprint(
        council=wave.authority.name,
        wave=wave.name,
        wave_key=wave.key,
        release=str(build.pk),
        # A build that is looked at before its release has no entry yet.
        released=localdate(event.at if event else build.requested_at),
        made_up=wave.made_up,
    )
