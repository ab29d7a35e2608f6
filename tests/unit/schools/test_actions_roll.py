"""Taking rolls in: what is counted is what happened, and nothing is half-written."""

from collections.abc import Callable
from datetime import date

import pytest

from schools.actions import (
    RollRefused,
    cancel_opt_out,
    find_pupil,
    import_roll,
    record_opt_out,
    roll_context,
)
from schools.audit import verify
from schools.keys import LINK_KEY, read_key
from schools.models import Area, AuditEntry, Authority, RollImport, RollPupil, School, User
from schools.roll import pseudonym, read_roll
from tests.unit.schools.upns import upn

pytestmark = pytest.mark.django_db
HEAD = "UPN,FormerUPN,URN,Year,Sex,FSM,SEN,LSOA,RegGroup\n"
Take = Callable[..., dict[str, int]]


def line(number: int, **changes: object) -> str:
    values: dict[str, object] = {
        "upn": upn(number),
        "former": "",
        "urn": "100001",
        "year": 8,
        "sex": "F",
        "fsm": "N",
        "sen": "N",
        "lsoa": "E01000001",
        "group": "8B",
    }
    return ",".join(str(value) for value in (values | changes).values()) + "\n"


def pupil(number: int) -> RollPupil:
    return RollPupil.objects.get(pseudonym=pseudonym(upn(number), read_key(LINK_KEY)))


@pytest.fixture
def area(authority: Authority) -> Area:
    return Area.objects.create(
        authority=authority, kind="lsoa", code="E01000001", name="One", vintage="2021"
    )


@pytest.fixture
def take(authority: Authority, school_a: School, school_b: School, area: Area) -> Take:
    """Read the lines as a file, take it in, and give the counts that are not nought."""

    def taken(*lines: str, **options: bool) -> dict[str, int]:
        content = (HEAD + "".join(lines)).encode()
        reading = read_roll(content, context=roll_context(authority), name="roll.csv")
        result = import_roll(authority=authority, reading=reading, by=None, **options)
        return {name: count for name, count in result.counts.items() if count}

    return taken


def snapshot() -> list[dict[str, object]]:
    return list(RollPupil.objects.order_by("pk").values())


def test_a_first_roll(take: Take, school_a: School, area: Area) -> None:
    assert take(line(1), line(2, fsm="Y", sen="E", lsoa="E01999999")) == {"added": 2}
    first, second = pupil(1), pupil(2)
    assert (first.school, first.year_group, first.sex, first.area) == (school_a, 8, "F", area)
    assert (first.fsm, first.fsm_kind, first.sen) == (False, "census_day", "none")
    assert (first.class_name, first.class_number, second.class_number) == ("8B", 1, 2)
    assert (second.fsm, second.sen, second.area, second.outside) == (True, "plan", None, True)
    assert first.last_import == RollImport.objects.get()


def test_the_same_file_again_changes_nothing(take: Take) -> None:
    lines = [line(n) for n in range(5)]
    take(*lines)
    before = snapshot()
    assert take(*lines) == {"unchanged": 5}
    assert snapshot() == before


def test_what_a_second_roll_may_bring(take: Take, school_b: School) -> None:
    take(*(line(n, group=f"g{n}") for n in range(1, 6)), line(9, urn="100002"))
    ids = {n: pupil(n).pk for n in (1, 2, 3)}
    counts = take(
        line(1, group="g1"),
        line(2, group="g2", fsm="Y"),
        line(3, group="g3", urn="100002"),
        line(6, group="g6"),
        line(9, urn="100002"),
    )
    assert counts == {"unchanged": 2, "changed": 1, "moved": 1, "added": 1, "left": 2}
    assert {n: pupil(n).pk for n in ids} == ids
    assert pupil(3).school == school_b
    assert pupil(2).fsm is True
    assert pupil(4).left_on is not None
    assert RollPupil.objects.on_roll().count() == 5


def test_a_pupil_who_comes_back(take: Take) -> None:
    take(line(1), line(2))
    take(line(1))
    assert pupil(2).left_on
    assert take(line(1), line(2)) == {"unchanged": 1, "returned": 1}
    assert pupil(2).left_on is None


def test_a_school_that_is_not_in_the_file_keeps_its_pupils(take: Take) -> None:
    take(line(1), line(2, urn="100002"))
    assert take(line(1)) == {"unchanged": 1}
    assert pupil(2).left_on is None


def test_a_new_place_in_the_class_list(take: Take) -> None:
    take(line(1), line(2))
    assert take(line(2), line(1)) == {"relisted": 2}
    assert (pupil(2).class_number, pupil(1).class_number) == (1, 2)


def test_opt_outs_survive_everything(take: Take) -> None:
    take(line(1), line(2))
    record_opt_out(pupil=pupil(1), decided_by="parent", by=None, on=date(2026, 3, 1))
    take(line(1, urn="100002"), line(2))
    take(line(2))
    take(line(1), line(2))
    assert pupil(1).opted_out_on == date(2026, 3, 1)
    assert list(RollPupil.objects.may_take_part()) == [pupil(2)]


def test_a_pupil_whose_number_changed_is_followed(take: Take) -> None:
    take(line(1), line(2))
    record_opt_out(pupil=pupil(1), decided_by="pupil", by=None)
    old = pupil(1).pk
    lines = [line(7, former=upn(1)), line(2)]
    assert take(*lines) == {"changed": 1, "unchanged": 1, "renumbered": 1}
    assert pupil(7).pk == old
    assert pupil(7).opted_out_by == "pupil"
    assert take(*lines) == {"unchanged": 2}


def test_a_no_said_under_the_former_number_holds(take: Take) -> None:
    """The new number came first without the former one, as a pupil of its own."""
    take(line(1), line(2))
    record_opt_out(pupil=pupil(1), decided_by="parent", by=None)
    take(line(1), line(2), line(7))
    take(line(2), line(7, former=upn(1)))
    assert pupil(7).opted_out_by == "parent"
    assert pupil(1).left_on is not None


class TestRefusals:
    def test_a_problem_stops_all(self, take: Take) -> None:
        with pytest.raises(RollRefused, match="1 rows have problems"):
            take(line(1), line(2, sex="Q"))
        assert not RollPupil.objects.exists()
        assert not RollImport.objects.exists()
        assert not AuditEntry.objects.exists()

    def test_accepting_the_rest_marks_nobody_as_left(self, take: Take) -> None:
        take(line(1), line(2), line(3))
        counts = take(line(1), line(2, sex="Q"), accept_partial=True)
        assert counts == {"unchanged": 1, "skipped": 1}
        assert RollPupil.objects.on_roll().count() == 3
        problems = RollImport.objects.latest("pk").problems
        assert problems == [{"row": 3, "column": "Sex", "reason": "is none of M, F, U"}]

    def test_a_file_cut_off_does_not_empty_a_school(self, take: Take) -> None:
        take(*(line(n) for n in range(30)))
        with pytest.raises(RollRefused, match="More than half of the pupils of Ash"):
            take(*(line(n) for n in range(14)))
        assert RollPupil.objects.on_roll().count() == 30
        assert take(*(line(n) for n in range(14)), accept_leavers=True)["left"] == 16

    def test_no_rows(self, take: Take) -> None:
        with pytest.raises(RollRefused, match="no row"):
            take(line(1, year=12))

    def test_a_dry_run_counts_and_writes_nothing(self, take: Take) -> None:
        take(line(1), line(2))
        before, imports = snapshot(), RollImport.objects.count()
        counts = take(line(1, fsm="Y"), line(3), dry_run=True)
        assert counts == {"changed": 1, "added": 1, "left": 1}
        assert (snapshot(), RollImport.objects.count()) == (before, imports)
        assert AuditEntry.objects.count() == 1


def test_what_is_recorded(take: Take, authority: Authority) -> None:
    take(line(1))
    saved, entry = RollImport.objects.get(), AuditEntry.objects.get()
    assert saved.file_name == "roll.csv"
    assert saved.counts["added"] == 1
    assert {"header": "URN", "field": "urn", "note": "read"} in saved.mapping
    assert entry.subject == f"roll import {saved.pk}"
    assert entry.details["counts"] == saved.counts
    assert verify().breaks == ()


def test_no_pupil_number_is_anywhere_in_the_database(take: Take, cast: object) -> None:
    from io import StringIO

    from django.core.management import call_command

    take(line(1, former=upn(2)), line(3, group="8C"))
    take(line(1), line(4, upn="Y999999999999"), accept_partial=True)
    dump = StringIO()
    call_command("dumpdata", "schools", stdout=dump)
    text = dump.getvalue().upper()
    assert pseudonym(upn(1), read_key(LINK_KEY)).upper() in text
    hidden = [upn(1), upn(2), upn(3), "Y999999999999"]
    assert not [number for number in hidden if number in text or number[1:] in text]


class TestOptOuts:
    def test_the_earliest_day_stands(self, take: Take) -> None:
        take(line(1))
        for day in (date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 5)):
            record_opt_out(pupil=pupil(1), decided_by="parent", by=None, on=day)
        assert pupil(1).opted_out_on == date(2026, 3, 1)
        assert AuditEntry.objects.filter(action="pupil.opted_out").count() == 2

    def test_changing_ones_mind(self, take: Take, django_user_model: type[User]) -> None:
        take(line(1))
        who = User.objects.create_user("x@example.org", name="X")
        record_opt_out(pupil=pupil(1), decided_by="pupil", by=who)
        cancel_opt_out(pupil=pupil(1), by=who)
        cancel_opt_out(pupil=pupil(1), by=who)
        assert (pupil(1).opted_out_on, pupil(1).opted_out_by) == (None, "")
        actions = AuditEntry.objects.filter(by=who).values_list("action", flat=True)
        assert list(actions) == ["pupil.opted_out", "pupil.opt_out_cancelled"]

    def test_who_decided_is_one_of_two(self, take: Take) -> None:
        take(line(1))
        with pytest.raises(ValueError, match="teacher"):
            record_opt_out(pupil=pupil(1), decided_by="teacher", by=None)

    def test_finding_by_number(self, take: Take, authority: Authority) -> None:
        take(line(1))
        assert find_pupil(authority=authority, upn=f" {upn(1).lower()} ") == pupil(1)
        with pytest.raises(RollPupil.DoesNotExist):
            find_pupil(authority=authority, upn=upn(2))
