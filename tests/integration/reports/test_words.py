"""Editing the words of the reports: who may, what is refused, what is seen before it is saved."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse as Response
from django.test import Client

from reports.actions.words import edit_words
from reports.models import Build, WordsEdit
from reports.words import KINDS
from schools.models import AuditEntry, Authority, Membership, Role, School, User
from surveys.refusal import Refused
from tests import released
from tests.cast import PASSWORD, Cast
from tests.integration.conftest import client_of

LIST = f"/words/{released.BOROUGH}/"
PAGE = f"{LIST}school-headline/"
PUBLIC = f"{LIST}area-headline/"
SHIPPED = KINDS["school-headline"].pattern
OURS = ("", "; if we asked again we would expect", ".")
THEIRS = ("In our lesson,", "; ask them another day & we would look for it", ".")
PATTERN = "In our lesson, {figure}; ask them another day & we would look for it {range}."


def typed(words: tuple[str, ...], do: str = "look", **more: object) -> dict[str, Any]:
    fields = {f"words-{place}": text for place, text in enumerate(words)}
    return {**fields, "do": do, "after": 0, "seen": "", **more}


def saved(client: Client, address: str, words: tuple[str, ...], pattern: str) -> Response:
    return client.post(address, typed(words, "save", seen=pattern, after=newest()))


def newest() -> int:
    edit = WordsEdit.objects.first()
    return edit.pk if edit else 0


def text(response: Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def editor(build: Build, cast: Cast) -> Client:
    return client_of(cast.data_team)


# ---- who may


@pytest.mark.parametrize("address", [LIST, PAGE, f"{PUBLIC}?measure=enough_sleep"])
def test_only_the_data_team_words_the_reports(build: Build, cast: Cast, address: str) -> None:
    for name, person in cast.items():
        client = client_of(person)
        expected = {"stranger": 302, "data_team": 200}.get(name, 404)
        assert client.get(address).status_code == expected, name
        if address != LIST and name != "data_team":
            posted = client.post(address, typed(THEIRS, "save", seen=PATTERN))
            assert posted.status_code == expected, name
    assert not WordsEdit.objects.exists()
    assert not AuditEntry.objects.filter(action="words.edited").exists()


def test_not_those_of_another_council(build: Build, cast: Cast) -> None:
    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    far = User.objects.create_user("far@example.org", PASSWORD, name="Far")
    Membership.objects.create(user=far, role=Role.DATA_TEAM, authority=other)
    client = client_of(far)
    for address in (LIST, PAGE):
        assert client.get(address).status_code == 404
    assert client.get("/words/E09000098/").status_code == 200
    assert client.get("/words/E09000098/school-headline/").status_code == 200
    assert client.get("/words/X/").status_code == 404


def test_a_link_leads_there_for_those_who_may(build: Build, cast: Cast) -> None:
    link = f'href="{LIST}"'
    assert link in client_of(cast.data_team).get("/builds/").content.decode()
    assert link not in client_of(cast.releaser_1).get("/builds/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}nonsense/",
        f"{PAGE}?measure=nonsense",
        f"{PAGE}?measure=mood",  # a score
        f"{LIST}school-score/?measure=enough_sleep",  # a share
        f"{PAGE}?measure=enough_sleep&school=999999",
        f"{PUBLIC}?measure=enough_sleep&school=100001",  # a public page is about no school
    ],
)
def test_there_is_no_such_sentence(editor: Client, address: str) -> None:
    assert editor.get(address).status_code == 404
    assert editor.post(address, typed(THEIRS)).status_code == 404


def test_a_school_without_a_measure_is_every_school_and_nothing_is_saved_for_it(
    editor: Client,
) -> None:
    assert "Words for All measures" in text(editor.get(f"{PAGE}?school=100001"))
    assert saved(editor, f"{PAGE}?school=100001", THEIRS, PATTERN).status_code == 404


# ---- the pages


def test_every_kind_is_listed_with_its_words_and_an_example(editor: Client) -> None:
    response = editor.get(LIST)
    page = text(response)
    for kind in KINDS.values():
        assert kind.title in page
        assert f'href="{LIST}{kind.key}/"' in response.content.decode()
    assert page.count("In the words we ship.") == len(KINDS)
    assert "in 100 pupils in Oakmere said they get enough sleep" not in page  # the first is calm
    assert "in 100 pupils in Oakmere felt calm often or always; if we asked again" in page


def test_locked_parts_are_no_fields(editor: Client) -> None:
    page = editor.get(PAGE).content.decode()
    fields = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page)
    assert [(name, unescape(words)) for name, words in fields] == [
        (f"words-{place}", words) for place, words in enumerate(OURS)
    ]
    locked = re.findall(r'<span class="locked">([^<]+)</span>', page)
    assert locked[-2:] == [slot.example for slot in KINDS["school-headline"].slots]
    assert "<script" not in page[page.index("<main") :]
    assert "style=" not in page


def test_examples_are_of_what_everybody_can_see(editor: Client) -> None:
    """The data team may not read a school's report, so no figure of a school stands here."""
    borough = released.small_cube().cell(f"borough:{released.BOROUGH}", "enough_sleep")
    address = f"{PAGE}?measure=enough_sleep&school=100001"
    page = text(editor.post(address, typed(THEIRS)))
    assert f"In our lesson, {borough.percent:.0f} in 100 of your pupils said they get" in page
    assert "public figures of all pupils in Oakmere" in page
    own = released.small_cube().cell("school:100001", "enough_sleep")
    assert f"{own.percent:.0f} in 100" not in page


def test_without_a_release_examples_are_made_up_and_said_so(editor: Client, build: Build) -> None:
    build.wave.publication.delete()
    page = text(editor.get(PAGE))
    assert "34 in 100 of your Year 8 pupils said they get enough sleep; if we asked" in page
    assert "Filled with made-up figures." in page
    assert "public figures" not in page


def test_words_are_looked_at_as_sentences_before_they_are_saved(editor: Client) -> None:
    looked = editor.post(PAGE, typed(THEIRS))
    assert looked.status_code == 200
    page = text(looked)
    assert "felt calm often or always; ask them another day & we would look for it between" in page
    assert "of your girls" in page
    assert re.search(r"readers of about \d+, the one in force readers of about \d+", page)
    assert not WordsEdit.objects.exists()
    # Saved without a look, or changed after it: looked at, and not saved.
    for seen in ("", SHIPPED, PATTERN.replace("lesson", "year")):
        again = editor.post(PAGE, typed(THEIRS, "save", seen=seen))
        assert again.status_code == 200
        assert f'name="seen" value="{PATTERN}"' in unescape(again.content.decode())
    assert not WordsEdit.objects.exists()
    response = saved(editor, PAGE, THEIRS, PATTERN)
    assert response["Location"] == LIST
    page = text(editor.get(LIST))
    assert "Saved. The next build speaks these words" in page
    assert "In our lesson, 34 in 100 of your Year 8 pupils" in page
    assert page.count("In your own words.") == 1


def test_what_is_refused_is_told_and_kept_in_the_form(editor: Client) -> None:
    words = ("Only <b>x</b>", "; most of them", '. It’s "good" & so on')
    for do in ("look", "save"):
        response = editor.post(PAGE, typed(words, do, seen=PATTERN))
        assert response.status_code == 422
        page = response.content.decode()
        assert "<b>x" not in page
        said = text(response)
        assert "“only” makes a figure sound smaller" in said
        assert "“most” says how many" in said
        assert "“<” cannot stand here" in said
        assert "“good” praises or alarms" in said
        kept = re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", page)
        assert tuple(unescape(each) for each in kept) == words
        assert "What it would say" not in said
        assert 'href="#id_words-1"' in page
    assert not WordsEdit.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("", "; then {range} and", "."),
        ("{figure}", "; then", "."),
        ("", "; {}", "."),
        (),
    ],
)
def test_what_the_form_cannot_send_is_refused_all_the_same(
    editor: Client, words: tuple[str, ...]
) -> None:
    response = editor.post(PAGE, typed(words, "save", seen=SHIPPED))
    assert response.status_code == 422
    assert not WordsEdit.objects.exists()


def test_the_most_specific_sentence_has_words_of_its_own(editor: Client) -> None:
    address = f"{PAGE}?measure=enough_sleep&school=100001"
    saved(editor, address, THEIRS, PATTERN)
    edit = WordsEdit.objects.get()
    assert (edit.measure, edit.school, edit.pattern) == ("enough_sleep", "100001", PATTERN)
    page = editor.get(LIST).content.decode()
    assert f'{PAGE}?measure=enough_sleep&amp;school=100001">' in page
    assert "Pupils who said they get enough sleep, Alder School" in text(editor.get(LIST))
    # The whole kind, and the measure elsewhere, are as they were.
    for other in (PAGE, f"{PAGE}?measure=enough_sleep"):
        assert "In our lesson" not in text(editor.get(other))


# ---- edits are rows


def test_back_to_ours_and_the_history_of_it(editor: Client, cast: Cast) -> None:
    saved(editor, PAGE, THEIRS, PATTERN)
    assert "Back to the words we ship" in text(editor.get(PAGE))
    assert editor.post(PAGE, {"do": "back", "after": newest()}).status_code == 302
    assert [each.pattern for each in WordsEdit.objects.all()] == ["", PATTERN]
    page = text(editor.get(PAGE))
    assert "Back to the words we ship" not in page
    history = page[page.index("Edits so far") :]
    assert history.count(cast.data_team.name) == 2
    assert history.count("In our lesson, 34 in 100") == 2  # after, then before
    assert history.count("No words of your own") == 2
    entries = AuditEntry.objects.filter(action="words.edited").order_by("number")
    assert [(e.by_id, e.subject) for e in entries] == [(cast.data_team.pk, released.BOROUGH)] * 2
    assert [(e.details["before"], e.details["after"]) for e in entries] == [
        ("", PATTERN),
        (PATTERN, ""),
    ]


def test_our_own_words_typed_in_are_no_words_of_the_councils(editor: Client) -> None:
    assert saved(editor, PAGE, OURS, SHIPPED).status_code == 409
    assert not WordsEdit.objects.exists()
    saved(editor, PAGE, THEIRS, PATTERN)
    assert saved(editor, PAGE, THEIRS, PATTERN).status_code == 409
    assert saved(editor, PAGE, OURS, SHIPPED).status_code == 302
    assert [each.pattern for each in WordsEdit.objects.all()] == ["", PATTERN]


def test_two_editors_do_not_overwrite_each_other_unseen(editor: Client) -> None:
    saved(editor, PAGE, THEIRS, PATTERN)
    late = editor.post(PAGE, typed(("So:", *OURS[1:]), "save", seen=f"So: {SHIPPED}", after=0))
    assert late.status_code == 409
    assert "Somebody has edited these words since you opened them" in text(late)
    assert ">\nSo:</textarea>" in late.content.decode()
    assert WordsEdit.objects.count() == 1
    assert f'name="after" value="{newest()}"' in late.content.decode()


def edited(authority: Authority, **changes: Any) -> WordsEdit:
    given = {"kind": "school-headline", "measure": "", "school": "", "pattern": PATTERN}
    return edit_words(authority=authority, **{**given, "after": 0, "by": None, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "nonsense"}, "no such sentence"),
        ({"measure": "mood"}, "no such sentence"),
        ({"school": "100001"}, "about one measure"),
        ({"measure": "enough_sleep", "school": "1"}, "no such school"),
        ({"kind": "area-headline", "measure": "enough_sleep", "school": "100001"}, "to schools"),
        ({"pattern": "{range} {figure}."}, "cannot be used"),
        ({"pattern": PATTERN.replace("another", "any one")}, "cannot be used"),
        ({"pattern": ""}, "in force already"),
        ({"after": 7}, "Somebody has edited"),
    ],
)
def test_the_action_refuses_by_itself(build: Build, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        edited(build.wave.authority, **changes)
    assert not WordsEdit.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_school_of_another_council_is_none(build: Build) -> None:
    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    School.objects.create(authority=other, key="9", name="Far")
    with pytest.raises(Refused, match="no such school"):
        edited(build.wave.authority, measure="enough_sleep", school="9")
