"""A small demonstration, from an empty database to linked responses, by the people's actions."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from census.demo import register
from census.demo.build import Demonstration, build
from census.demo.database import NotOurs, prepare_database
from census.demo.keys import DEMONSTRATION_RELEASE_KEY, prepare_keys
from census.demo.size import SEED, Size
from census.demo.staff import PASSWORD, address
from census.demo.turnout import COUNTED, Fate
from schools.actions import add_user, set_up_authority
from schools.audit import verify
from schools.keys import read_key
from schools.models import Area, Authority, Role, RollPupil, User
from surveys.actions.responses import take_seat
from surveys.codes import normalised
from surveys.models import Lesson, Response, Wave

TINY = Size(schools=3, all_schools=4, on_their_rolls=132, pupils=170, linked=104)

# Emptying a database is part of what is tested: PostgreSQL does not do that in a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demonstration() -> Demonstration:
    return build(size=TINY, publish=False)


def test_from_roll_to_linkage(demonstration: Demonstration) -> None:
    made = register.make(TINY, SEED)
    fates = Counter(made.fates.tolist())
    assert demonstration.linkage == {
        "linked": 104,
        "opted_out": fates[Fate.REGRETTED],
        "withdrawn": fates[Fate.WITHDRAWN],
        "not_on_roll": fates[Fate.LEFT],
        "duplicate": fates[Fate.LOST_SLIP],
    }
    assert sum(fates[fate] for fate in COUNTED) == 104
    assert demonstration.wave.state == Wave.State.LINKED
    assert demonstration.wave.made_up
    assert RollPupil.objects.count() == 170
    assert Area.objects.filter(kind="ward").count() == 20
    assert verify().breaks == ()
    _nobody_who_opted_out_has_answers()
    _every_lesson_is_over(demonstration)
    _the_open_lesson_lets_a_visitor_in(demonstration)
    _one_account_a_role(demonstration)


def _nobody_who_opted_out_has_answers() -> None:
    before = RollPupil.objects.filter(opted_out_on=register.DATES_OF_OPT_OUTS[0])
    assert before.exists()
    assert not Response.objects.filter(code__pupil__in=before).exists()


def _every_lesson_is_over(demonstration: Demonstration) -> None:
    lessons = demonstration.wave.lessons.all()
    assert len(lessons) == demonstration.lessons > 5
    assert {lesson.state for lesson in lessons} == {Lesson.State.CLOSED}
    left_open = Response.objects.filter(wave=demonstration.wave, resume_wrap__isnull=False)
    assert not left_open.exists()


def _the_open_lesson_lets_a_visitor_in(demonstration: Demonstration) -> None:
    assert len(demonstration.codes) == 3
    seat = take_seat(code=normalised(demonstration.codes[0]))
    assert Response.objects.get(pk=seat.response).wave == demonstration.try_it


def _one_account_a_role(demonstration: Demonstration) -> None:
    with_password = [user for user in User.objects.all() if user.has_usable_password()]
    roles = Counter(m.role for user in with_password for m in user.memberships.all())
    assert roles == {**dict.fromkeys(Role.values, 1), Role.RELEASER: 2}
    assert User.objects.get(email=address("data")).check_password(PASSWORD)


def test_the_same_pupil_gives_the_same_answers_again() -> None:
    first = _answers(build(size=TINY, publish=False))
    call_command("flush", verbosity=0, interactive=False)
    again = _answers(build(size=TINY, publish=False))
    assert len(first) == 104
    assert again == first


def _answers(demonstration: Demonstration) -> list[str]:
    from surveys.frames import wave_frame

    frame = wave_frame(demonstration.wave, private_key=read_key("ANALYSIS_PRIVATE_KEY"))
    return frame.table.to_csv(index=False).splitlines()[1:]


def test_only_its_own_database_is_emptied() -> None:
    assert prepare_database() is False
    set_up_authority(code="X99000001", name="Larkford", by=None)
    assert prepare_database() is True
    assert not Authority.objects.exists()


def test_other_peoples_data_are_left_alone() -> None:
    set_up_authority(code="X99000001", name="Larkford", by=None)
    set_up_authority(code="E09000016", name="A real council", by=None)
    with pytest.raises(NotOurs):
        prepare_database()
    assert Authority.objects.count() == 2


def test_other_peoples_accounts_are_left_alone(settings) -> None:
    settings.DEBUG = True
    add_user(email="somebody@council.example", name="Somebody", password=None, by=None)
    with pytest.raises(CommandError, match="leaves the database"):
        call_command("demo", "--no-serve")
    assert User.objects.count() == 1


def test_never_outside_debug(settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo", "--no-serve")


def test_the_release_key_of_the_demonstration_replaces_none(settings, tmp_path) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    prepare_keys()
    assert read_key("RELEASE_KEY") == DEMONSTRATION_RELEASE_KEY
    own = settings.KEY_DIR / "RELEASE_KEY"
    own.write_text("ab" * 32)
    prepare_keys()
    assert read_key("RELEASE_KEY") == bytes.fromhex("ab" * 32)
