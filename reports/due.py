"""What is due between a linked wave and its readers: builds, releases, what nobody has opened yet.

Reads states, releases and the audit's looks; no figure of anybody.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse

from reports import ledger, queries
from reports.actions.releases import APPROVALS_NEEDED
from reports.models import Approval, Build, Publication, PublicationEvent, QualityRecord
from schools.due import Due, Urgency, day
from schools.models import AuditEntry, Authority, School, User
from surveys.models import Wave

State = Build.State
REPORT, BOROUGH, QUALITY = "school_report.seen", "borough.seen", "quality.seen"
ONE_BY_ONE = 3  # unread reports of a wave with a line of their own

# (action, subject, build) of a look that the audit has.
Look = tuple[str, str, str]


def builds(authorities: list[Authority]) -> list[Due]:
    """For who builds: linked waves without a build, builds that failed, run, or wait."""
    if not authorities:
        return []
    waves = Wave.objects.filter(authority__in=authorities, state=Wave.State.LINKED)
    newest = _newest(authorities)
    able = ledger.able_to_follow([each for each in newest.values() if each.state == State.COMPLETE])
    released = _released(authorities)
    approvals = _approvals(newest.values())
    found = []
    for wave in waves:
        build = newest.get(wave.pk)
        if build is None:
            found.append(_build_it(wave, "It is linked and has no build yet.", "Linked"))
        elif build.pk not in released:
            found.append(_unpublished(build, len(approvals[build.pk]), follows=build.pk in able))
    return found


def _unpublished(build: Build, approvals: int, *, follows: bool) -> Due:
    """Where the newest build of a wave stands that is not public."""
    wave, address = build.wave, reverse("build", args=[build.pk])
    asked = f"Asked for on {day(build.requested_at)}."
    if build.state == State.FAILED:
        return Due(Urgency.NOW, f"The build of {wave} failed", address, asked, "Failed")
    if build.state != State.COMPLETE:
        state = build.get_state_display()
        return Due(Urgency.LATER, f"{wave} is being built", address, asked, state)
    if not follows:
        return _build_it(wave, "Another release was published after its last build.", "Out of date")
    more = f"Approved by {approvals} of {APPROVALS_NEEDED} people. Releasers approve and publish."
    return Due(Urgency.LATER, f"{wave} waits for its release", address, more, "Complete")


def _build_it(wave: Wave, more: str, state: str) -> Due:
    return Due(Urgency.NOW, f"Build the reports of {wave}", reverse("build-list"), more, state)


def releases(user: User, authorities: list[Authority]) -> list[Due]:
    """For who releases: complete builds to approve, and approved ones to publish."""
    if not authorities:
        return []
    released = _released(authorities)
    newest = _newest(authorities).values()
    complete = [b for b in newest if b.state == State.COMPLETE and b.pk not in released]
    able = ledger.able_to_follow(complete)
    approvals = _approvals(complete)
    waiting = [build for build in complete if build.pk in able]
    return [_to_release(user, build, approvals[build.pk]) for build in waiting]


def _to_release(user: User, build: Build, approved_by: set[int]) -> Due:
    wave, address = build.wave, reverse("build", args=[build.pk])
    if len(approved_by) >= APPROVALS_NEEDED:
        more = "Two people have approved it."
        return Due(Urgency.NOW, f"Publish {wave}", address, more, "Approved")
    if user.pk in approved_by:
        more = "You have approved it. A second person has to."
        return Due(Urgency.LATER, f"{wave} waits for a second approval", address, more, "Complete")
    more = f"Look at its headlines and checks. {len(approved_by)} of {APPROVALS_NEEDED} approved."
    return Due(Urgency.NOW, f"Approve {wave}", address, more, "To approve")


def unread(
    user: User, schools: list[School], boroughs: list[Authority], quality: list[Authority]
) -> list[Due]:
    """What is published and this person has not opened: reports, boroughs, quality pages."""
    authorities = {s.authority_id for s in schools} | {a.pk for a in [*boroughs, *quality]}
    if not authorities:
        return []
    public = list(
        Publication.objects.filter(wave__authority__in=authorities)
        .select_related("wave", "build")
        .defer("build__report")
        .order_by("-wave__opens_on", "wave__key")
    )
    if not public:
        return []
    looks, events = _looks(user, public), _last_events(public)
    reports = queries.reports_of([each.build_id for each in public], schools)
    whole, measured = {a.pk for a in boroughs}, {a.pk for a in quality}
    recorded = _with_quality(public, measured)
    found = []
    for each in public:
        wave, build = each.wave, each.build
        when = events.get(build.pk, "")
        if wave.authority_id in whole and (BOROUGH, wave.key, str(build.pk)) not in looks:
            address = reverse("borough-view", args=[wave.key])
            found.append(Due(Urgency.SOON, f"New figures: {wave}", address, when, "New"))
        mine = [s for s in reports[build.pk] if (REPORT, s.key, str(build.pk)) not in looks]
        found += _unread_reports(wave, mine, when)
        if build.pk in recorded and (QUALITY, str(build.pk), "") not in looks:
            address = reverse("build-quality", args=[build.pk])
            found.append(Due(Urgency.LATER, f"How {wave} was answered", address, when, "New"))
    return found


def _unread_reports(wave: Wave, schools: list[School], when: str) -> list[Due]:
    if len(schools) > ONE_BY_ONE:
        what = f"{len(schools)} school reports not opened yet: {wave}"
        return [Due(Urgency.SOON, what, "#school-reports", when, "Not opened")]
    return [
        Due(
            Urgency.SOON,
            f"Report of {school}: {wave}",
            reverse("school-report", args=[wave.key, school.key]),
            when,
            "Not opened",
        )
        for school in schools
    ]


def _newest(authorities: list[Authority]) -> dict[int, Build]:
    """The build of each wave that was asked for last, by the wave's id."""
    rows = Build.objects.filter(wave__authority__in=authorities).select_related("wave")
    found: dict[int, Build] = {}
    for build in rows.defer("report").order_by("-requested_at"):
        found.setdefault(build.wave_id, build)
    return found


def _released(authorities: list[Authority]) -> set[object]:
    """The builds that are public or were: one that was taken back waits for nobody."""
    rows = PublicationEvent.objects.filter(wave__authority__in=authorities).order_by()
    return set(rows.values_list("build", flat=True))


def _approvals(builds: Iterable[Build]) -> dict[object, set[int]]:
    found: dict[object, set[int]] = defaultdict(set)
    for build, person in Approval.objects.filter(build__in=builds).values_list("build", "by"):
        found[build].add(person)
    return found


def _looks(user: User, public: list[Publication]) -> set[Look]:
    """What this person has opened of the builds that are public now."""
    marks = [str(each.build_id) for each in public]
    seen = AuditEntry.objects.filter(by=user).order_by()
    shown = seen.filter(action__in=[REPORT, BOROUGH], details__build__in=marks)
    measured = seen.filter(action=QUALITY, subject__in=marks)
    return {
        *shown.values_list("action", "subject", "details__build").distinct(),
        *((action, subject, "") for action, subject in measured.values_list("action", "subject")),
    }


def _last_events(public: list[Publication]) -> dict[object, str]:
    """When each public build became so, in words."""
    rows = PublicationEvent.objects.filter(build__in=[each.build_id for each in public])
    return {
        event.build_id: f"{event.get_kind_display()} of {day(event.at)}."
        for event in rows.order_by("at", "pk")
    }


def _with_quality(public: list[Publication], authorities: set[int]) -> set[object]:
    mine = [each.build_id for each in public if each.wave.authority_id in authorities]
    rows = QualityRecord.objects.filter(build__in=mine) if mine else QualityRecord.objects.none()
    return set(rows.values_list("build", flat=True))
