"""Ask how a wave was answered: counts for the data team, and an entry that says who asked."""

from django.db import transaction

from reports.quality import QualityReport, quality_report
from schools.audit import record
from schools.keys import read_key
from schools.models import User
from surveys.frames import quality_frame
from surveys.models import Wave
from surveys.refusal import Refused


@transaction.atomic
def report_quality(*, wave: Wave, by: User | None) -> QualityReport:
    """Of all linked responses of a wave. Nothing is stored, nothing is dropped.

    Raises `Refused` before linkage and where there are too few responses.
    """
    record(by=by, action="quality.reported", subject=wave.key)
    try:
        return quality_report(quality_frame(wave, private_key=read_key("ANALYSIS_PRIVATE_KEY")))
    except ValueError as error:
        raise Refused(str(error)) from error
