"""What is due in the field: lessons, booking, waves, the roll. Counts and states, never a row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from schools.due import Due, Fact, Urgency, day
from schools.models import Authority, RollImport, RollPupil, School
from surveys.counts import SchoolCounts
from surveys.counts import by_school as counted_by_school
from surveys.models import AccessCode, Lesson, Wave
from surveys.progress import SchoolProgress, by_school

CLOSES_SOON = timedelta(days=7)
NAMED = 8  # classes named in one line
LEFT_OPEN, OPEN, PAUSED, TODAY = ORDER = ("Left open", "Open", "Paused", "Today")
State = Lesson.State


def lessons(schools: list[School]) -> list[Due]:
    """Lessons that run, were left open, are to be held today, or were not held on their day."""
    if not schools:
        return []
    today = timezone.localdate()
    running = Q(state__in=[State.OPEN, State.PAUSED])
    planned = Q(state=State.PLANNED, rehearsal=False, held_on__lte=today)
    rows = Lesson.objects.filter(running | planned, school__in=schools).select_related("school")
    late = [each for each in rows if each.state == State.PLANNED and each.held_on < today]
    others = [_lesson(each, named=len(schools) > 1) for each in rows if each not in late]
    return [*sorted(others, key=lambda due: ORDER.index(due.state)), *_not_held(late)]


def _lesson(lesson: Lesson, *, named: bool) -> Due:
    where = f"{lesson.school}, Year {lesson.year_group}" if named else f"Year {lesson.year_group}"
    address = reverse("console", args=[lesson.pk])
    if lesson.state == State.PLANNED:
        return Due(Urgency.NOW, lesson.title, address, where, TODAY)
    if lesson.closes_at and lesson.closes_at < timezone.now():
        ended = timezone.localtime(lesson.closes_at)
        more = f"{where}. Its time was over at {ended:%H:%M} on {day(ended)}. Please close it."
        return Due(Urgency.NOW, lesson.title, address, more, LEFT_OPEN)
    if lesson.state == State.PAUSED:
        return Due(Urgency.NOW, lesson.title, address, where, PAUSED)
    until = f", open until {timezone.localtime(lesson.closes_at):%H:%M}" if lesson.closes_at else ""
    return Due(Urgency.NOW, lesson.title, address, f"{where}{until}", OPEN)


def _not_held(late: list[Lesson]) -> list[Due]:
    if not late:
        return []
    if len(late) > 1:
        what, address = f"{len(late)} lessons were not held on their day", reverse("lessons")
    else:
        what = f"{late[0].title} was not held on {day(late[0].held_on)}"
        address = reverse("console", args=[late[0].pk])
    return [Due(Urgency.SOON, what, address, "Hold it now, or close it.", "Not held")]


def booking(schools: list[School]) -> list[Due]:
    """Classes of open waves in which nobody has a slip yet: a line for each wave."""
    places = _taking_part(schools)
    if not places:
        return []
    years = {year for wave in places for year in wave.year_groups}
    pupils = RollPupil.objects.may_take_part().filter(school__in=schools, year_group__in=years)
    classes = set(pupils.order_by().values_list("school", "year_group", "class_name").distinct())
    live = AccessCode.objects.filter(wave__in=places, replaced=False, pupil__school__in=schools)
    served = set(
        live.order_by()
        .values_list("wave", "pupil__school", "pupil__year_group", "pupil__class_name")
        .distinct()
    )
    found = []
    for wave, mine in places.items():
        asked = {each for each in classes if each[0] in mine and each[1] in wave.year_groups}
        left = [each for each in asked if (wave.pk, *each) not in served]
        found += [_unbooked(wave, left, schools)] if left else []
    return found


def _taking_part(schools: Iterable[School]) -> dict[Wave, set[int]]:
    """The open waves of these schools, with the ids of those that take part in each."""
    pairs = Wave.schools.through._default_manager.filter(
        school__in=schools, wave__state=Wave.State.OPEN, wave__source=Wave.Source.LESSONS
    )
    found: dict[Wave, set[int]] = defaultdict(set)
    for pair in pairs.select_related("wave").order_by("wave__closes_on", "wave__key"):
        found[pair.wave].add(pair.school_id)
    return found


def _unbooked(wave: Wave, left: list[tuple[int, int, str]], schools: list[School]) -> Due:
    names = {school.pk: f"{school.name}: " if len(schools) > 1 else "" for school in schools}
    classes = sorted((names[pk], year, name or f"Year {year}") for pk, year, name in left)
    said = ", ".join(f"{school}{name}" for school, _, name in classes[:NAMED])
    more = f"{said} and {len(left) - NAMED} more" if len(left) > NAMED else said
    number = "One class has" if len(left) == 1 else f"{len(left)} classes have"
    soon = wave.closes_on - timezone.localdate() <= CLOSES_SOON
    return Due(
        Urgency.NOW if soon else Urgency.SOON,
        f"{number} no lesson yet in {wave}",
        reverse("book-lesson"),
        f"{more}. It closes on {day(wave.closes_on)}.",
        "To book",
    )


def participation(schools: list[School]) -> list[Fact]:
    """How far each of these schools has come in the open waves."""
    return [
        Fact(f"{school}, {wave}" if len(schools) > 1 else str(wave), _so_far(wave, counts))
        for wave, mine in _taking_part(schools).items()
        for counted in [counted_by_school(wave, schools)]
        for school in schools
        if school.pk in mine
        for counts in [counted.get(school.pk, SchoolCounts())]
    ]


def _so_far(wave: Wave, counts: SchoolCounts) -> str:
    until = f"Open until {day(wave.closes_on)}."
    if not counts.lessons:
        return f"No lesson is counted yet. {until}"
    lessons = "one lesson" if counts.lessons == 1 else f"{counts.lessons} lessons"
    return f"{counts.finished} of {counts.codes} slips finished or stopped, in {lessons}. {until}"


def rolls(schools: list[School]) -> list[Fact]:
    """Each school's pupils on the council's roll, and of what day that roll is."""
    if not schools:
        return []
    imports = _newest_imports({school.authority_id for school in schools})
    rows = RollPupil.objects.on_roll().filter(school__in=schools).order_by("year_group")
    years: dict[int, list[str]] = defaultdict(list)
    for pk, year, number in rows.values_list("school", "year_group").annotate(Count("pk")):
        years[pk].append(f"{number} in Year {year}")
    return [
        Fact(
            f"Roll of {school}" if len(schools) > 1 else "Roll",
            _roll(years[school.pk], imports.get(school.authority_id)),
        )
        for school in schools
    ]


def _roll(years: list[str], taken_in: date | None) -> str:
    if taken_in is None and not years:
        return "The council has taken in no roll yet."
    of = f" The council’s roll was last taken in on {day(taken_in)}." if taken_in else ""
    return f"{', '.join(years) or 'Nobody'}.{of}"


def _newest_imports(authorities: Iterable[int]) -> dict[int, date]:
    """The day of the newest roll of each authority that has one, by its id."""
    rows = RollImport.objects.filter(authority__in=authorities).order_by()
    newest = rows.values_list("authority").annotate(Max("at"))
    return {pk: timezone.localtime(at).date() for pk, at in newest}


@dataclass(frozen=True)
class Fieldwork:
    """An open wave with a row a school."""

    wave: Wave
    schools: list[SchoolProgress]

    @property
    def so_far(self) -> str:
        begun = sum(1 for row in self.schools if row.started)
        schools = (
            f"{begun} of {len(self.schools)} schools have"
            if len(self.schools) > 1
            else ("Its school has" if begun else "Its school has not")
        )
        on_roll = sum(row.on_roll for row in self.schools)
        finished = sum(row.finished for row in self.schools)
        return (
            f"{schools} begun; {finished:,} of {on_roll:,} pupils on the roll have finished or "
            "stopped."
        )


def fieldwork(authorities: list[Authority]) -> list[Fieldwork]:
    """The open waves of these authorities."""
    waves = Wave.objects.filter(authority__in=authorities, state=Wave.State.OPEN)
    return [Fieldwork(wave, by_school(wave)) for wave in waves] if authorities else []


def waves(authorities: list[Authority], running: list[Fieldwork]) -> list[Due]:
    """What comes next for every wave until it is linked."""
    if not authorities:
        return []
    unlinked = Wave.objects.filter(authority__in=authorities).exclude(state=Wave.State.LINKED)
    far = {each.wave.pk: each for each in running}
    imports = _newest_imports(authority.pk for authority in authorities)
    found = []
    for wave in unlinked:
        found += _roll_first(wave, imports.get(wave.authority_id))
        found.append(_next(wave, far.get(wave.pk)))
    return found


def _next(wave: Wave, running: Fieldwork | None) -> Due:
    address, today = reverse("wave", args=[wave.key]), timezone.localdate()
    if wave.state == Wave.State.CLOSED:
        more = "Lessons are over. Linking joins each response to the roll."
        return Due(Urgency.NOW, f"Link {wave} to the roll", address, more, "Closed")
    if wave.state == Wave.State.DRAFT and wave.source == Wave.Source.FILE:
        more = "manage.py import_responses takes in what another tool collected."
        what = f"Take in the responses of {wave}"
        return Due(Urgency.SOON, what, address, more, "In preparation")
    if wave.state == Wave.State.DRAFT:
        urgency = Urgency.NOW if wave.opens_on <= today else Urgency.LATER
        more = f"It is to open on {day(wave.opens_on)}. Once open, its questions never change."
        return Due(urgency, f"Open {wave}", address, more, "In preparation")
    so_far = running.so_far if running else ""
    if wave.closes_on < today:
        more = f"It was to close on {day(wave.closes_on)}. {so_far}"
        return Due(Urgency.NOW, f"Close {wave}", address, more, "Over time")
    more = f"{so_far} It closes on {day(wave.closes_on)}."
    return Due(Urgency.LATER, f"{wave} is open", address, more, "Open")


def _roll_first(wave: Wave, taken_in: date | None) -> list[Due]:
    """Without a roll nobody has a slip, and an old one links pupils to where they were."""
    if wave.source != Wave.Source.LESSONS:
        return []
    how = "manage.py import_roll takes one in."
    if taken_in is None:
        what = f"There is no roll yet for {wave}"
        return [Due(Urgency.NOW, what, more=how, state="No roll")]
    if wave.state != Wave.State.DRAFT and taken_in < wave.opens_on:
        more = f"It is of {day(taken_in)}; lessons began on {day(wave.opens_on)}. {how}"
        return [Due(Urgency.SOON, f"The roll is older than {wave}", more=more, state="Old roll")]
    return []
