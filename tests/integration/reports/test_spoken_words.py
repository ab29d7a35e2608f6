"""Words in force when a build is asked for: spoken wherever it speaks, and by no other build."""

import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from openpyxl import load_workbook

from reports import pipeline, queries, rendering
from reports.actions import builds, rebuilds, releases
from reports.actions.words import edit_words
from reports.models import Build, WordsEdit
from schools.models import School
from tests import papers, released
from tests.cast import Cast, build_cast
from tests.integration.conftest import World, client_of

KIND = "school-headline"
OWN = [
    {"kind": "school-headline", "measure": "", "school": "",
     "pattern": "At Oak & Co {figure}; ask again & we would see it {range}."},
    {"kind": "school-headline", "measure": "calm_often", "school": "",
     "pattern": "{figure} (calm & so on): {range}."},
    {"kind": "school-headline", "measure": "calm_often", "school": "100002",
     "pattern": "{figure} (for Birch): {range}."},
    {"kind": "school-same", "measure": "", "school": "", "pattern": "That is {verdict}: {chance}."},
    {"kind": "school-score", "measure": "", "school": "",
     "pattern": "Of {scale}, {figure}. Look for it {range}."},
    {"kind": "area-headline", "measure": "", "school": "",
     "pattern": "Here {figure}. If we came back & asked: {range}."},
    {"kind": "area-beside", "measure": "", "school": "",
     "pattern": "{everybody} we see {figure}."},
]  # fmt: skip
REPORT, RESULTS = "/reports/oakmere-2026/100001/", "/results/oakmere-2026/"
API = "/api/v1/waves/oakmere-2026/places"
SLEEP = (
    r"At Oak & Co \d+ in 100 of your pupils said they get enough sleep; ask again & we would see"
)
CALM = r"\d+ in 100 of your pupils felt calm often or always \(calm & so on\): between"
GIRLS = r"At Oak & Co \d+ in 100 of your girls said they get enough sleep; ask again"
SAME = "That is about the same as in the other schools: a difference this size is often seen"
MOOD = r"Of Mood, from 2 to 8, your pupils scored \d\.\d on average\. Look for it between"
NORTH = (
    r"Here \d+ in 100 pupils in North Oakmere said they get enough sleep\. If we came back & asked"
)
OURS = "if we asked again we would expect"


@pytest.fixture
def build(db: None) -> Build:
    return released.store(words=OWN)


@pytest.fixture
def cast(build: Build) -> Cast:
    one, two = School.objects.filter(key__in=("100001", "100002"))
    return build_cast(build.wave.authority, one, two)


@pytest.fixture
def lead(cast: Cast) -> Client:
    return client_of(cast.lead_a)


def says(text: str, *forms: str) -> None:
    text = re.sub(r"\s+", " ", text)
    assert [form for form in forms if not re.search(form, text)] == []


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    markup = response.content.decode()
    assert not re.search(r"Oak & Co|back & asked", markup)  # an ampersand is escaped
    return unescape(markup)


def test_the_report_and_its_charts_say_them(lead: Client) -> None:
    markup = page(lead, REPORT)
    says(markup, SLEEP, CALM, SAME, MOOD)
    assert OURS not in markup
    labels = " ".join(re.findall(r'aria-label="([^"]+)"', markup))
    says(labels, SLEEP, CALM, SAME, MOOD)
    says(page(lead, f"{REPORT}?sex=F"), GIRLS)
    says(page(lead, f"{REPORT}topics/sleep_topic/"), SLEEP, GIRLS)
    drawing = page(lead, f"{REPORT}charts/c-enough-sleep.svg")
    says(drawing, SLEEP)


def test_words_for_one_school_are_said_to_no_other(cast: Cast) -> None:
    birch = page(client_of(cast.lead_b), REPORT.replace("100001", "100002"))
    says(birch, r"\(for Birch\): between")
    assert "(calm & so on)" not in birch
    assert "for Birch" not in page(client_of(cast.lead_a), REPORT)


def test_papers_say_them(build: Build) -> None:
    report, summary = (
        papers.words(rendering.render(build, "school", "100001", media))
        for media in ("pdf", "summary")
    )
    says(report, SLEEP, CALM, SAME, MOOD)
    says(summary, SLEEP)  # sleep stands out in Alder School
    assert OURS not in report + summary


def test_the_spreadsheet_says_them(lead: Client) -> None:
    book = load_workbook(io.BytesIO(lead.get(f"{REPORT}table.xlsx").content))
    words = {name: " ".join(column(book[name], "In words")) for name in ("Headlines", "Scores")}
    says(words["Headlines"], SLEEP, CALM, SAME)
    says(words["Scores"], MOOD)
    public = load_workbook(io.BytesIO(lead.get(f"{RESULTS}table.xlsx").content))
    says(" ".join(column(public["Headlines"], "In words")), NORTH, r"Across Oakmere we see \d+\.")


def column(sheet: object, name: str) -> Iterator[str]:
    (table,) = sheet.tables.values()  # type: ignore[attr-defined]
    header, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]  # type: ignore[index]
    return (row[header.index(name)] for row in rows)


def test_public_pages_pictures_and_map_say_them(build: Build, client: Client) -> None:
    topic = page(client, f"{RESULTS}?topic=sleep_topic")
    says(
        topic, NORTH, r"Here \d+ in 100 pupils in Oakmere said", r"Here \d+ in 100 girls in Oakmere"
    )
    says(topic, r"Here \d+ in 100 pupils in Fen ward said they get enough sleep")  # on the map
    north = page(client, f"{RESULTS}locality/north/")
    says(north, NORTH, r"Across Oakmere we see \d+\.")
    beside = page(client, f"{RESULTS}locality/north/?with=locality/south")
    says(beside, NORTH, NORTH.replace("North", "South"))
    says(page(client, f"{RESULTS}embed/locality/north/enough_sleep/"), NORTH)
    picture = page(client, f"{RESULTS}locality/north/pictures/enough_sleep/wide.svg")
    says(picture, NORTH)
    assert "Oak & Co" not in topic + north + beside + picture


def test_the_api_says_them_with_the_cells_of_their_numbers(
    build: Build, client: Client, lead: Client, cast: Cast
) -> None:
    rows = lead.get(f"{API}/school/100001/sentences/").json()
    says(" ".join(row["text"] for row in rows), SLEEP, CALM, SAME, MOOD)
    said = next(row for row in rows if re.match(SLEEP, row["text"]))
    assert (said["theme"], said["topic"]) == ("Health and routines", "Sleep")
    assert said["cells"] == [{"group": "school:100001", "measure": "enough_sleep"}]
    cell = released.small_cube().cell("school:100001", "enough_sleep")
    assert f" {cell.percent:.0f} in 100" in said["text"]
    everybody = client.get(f"{API}/locality/north/sentences/").json()
    says(" ".join(row["text"] for row in everybody), NORTH)
    for name, person in cast.items():
        status = client_of(person).get(f"{API}/school/100001/sentences/").status_code
        may = name in {"lead_a", "analyst", "public_health", "releaser_1", "releaser_2"}
        assert (name, status) == (name, 200 if may else 404)


def test_markup_in_a_stored_pattern_is_text_everywhere(db: None) -> None:
    """It cannot be saved; if it were, it would still be text."""
    odd = "<b>x</b> {figure} &amp; <script>: {range}."
    kinds = ("school-headline", "area-headline")
    own = [{"kind": kind, "measure": "", "school": "", "pattern": odd} for kind in kinds]
    build = released.store(words=own)
    one, two = School.objects.filter(key__in=("100001", "100002"))
    client = client_of(build_cast(build.wave.authority, one, two).lead_a)
    addresses = [REPORT, f"{REPORT}topics/sleep_topic/", f"{REPORT}charts/c-enough-sleep.svg"]
    addresses += [f"{RESULTS}?topic=sleep_topic", f"{RESULTS}locality/north/"]
    addresses += [f"{RESULTS}locality/north/pictures/enough_sleep/"]
    for address in addresses:
        markup = client.get(address).content.decode()
        assert "&lt;b&gt;x&lt;/b&gt;" in markup, address
        assert "&amp;amp;" in markup, address
        assert "<b>x" not in markup, address
        assert "<script>" not in markup, address
    paper = papers.words(rendering.render(build, "school", "100001", "pdf"))
    assert "<b>x</b> " in paper
    assert "&amp; <script>" in paper


# ---- builds


def edit(world: World, pattern: str, **more: str) -> None:
    where = {"kind": KIND, "measure": "", "school": "", **more}
    newest = WordsEdit.objects.filter(**where).first()
    after = newest.pk if newest else 0
    by = world.cast.data_team
    edit_words(authority=world.authority, pattern=pattern, after=after, by=by, **where)


def built(world: World) -> Build:
    build = builds.request_build(wave=world.wave, by=world.cast.data_team)
    build.refresh_from_db()
    assert build.state == Build.State.COMPLETE, build.error
    return build


def test_other_words_are_another_build_and_the_published_one_stays(world: World) -> None:
    first = queries.published(world.wave.key)
    key = world.schools[0].key
    paper = bytes(queries.file(first, "school", key, "pdf").content)
    edit(world, "{figure}, and asked again: {range}.")
    edit(world, "{figure}, on school nights: {range}.", measure="sleeps_enough", school=key)
    second = built(world)
    assert second != first
    assert [each["measure"] for each in second.words] == ["", "sleeps_enough"]
    # The same figures to the last digit, certified beside the ones that are public.
    marks = [{(p.kind, p.key): p.sha256 for p in each.places.all()} for each in (first, second)]
    assert marks[0] == marks[1]
    assert second.report["before"] == 1
    told = papers.words(bytes(queries.file(second, "school", key, "pdf").content))
    says(told, r"very happy, and asked again: between", r"sleep enough, on school nights: between")
    # The same words are the same build, and none of one's own is the build of before.
    assert built(world) == second
    edit(world, "", measure="sleeps_enough", school=key)
    edit(world, "")
    assert built(world) == first
    # What is public has not changed, by a single byte.
    assert bytes(queries.file(first, "school", key, "pdf").content) == paper
    lead = client_of(world.cast.lead_a)
    address = f"/reports/{world.wave.key}/{key}/"
    assert OURS in lead.get(address).content.decode()
    mark = lead.get(address)["ETag"]
    for person in (world.cast.releaser_1, world.cast.releaser_2):
        releases.approve(build=second, by=person)
    releases.publish(build=second, by=world.cast.releaser_1, note="Plainer words.")
    changed = lead.get(address, headers={"If-None-Match": mark})
    assert changed.status_code == 200
    says(unescape(changed.content.decode()), r"very happy, and asked again: between")
    # And the way back is the way back to the words, too.
    releases.publish(build=first, by=world.cast.releaser_1, note="Back.")
    assert OURS in lead.get(address).content.decode()
    # Both are made again in the words of then, whatever is in force now.
    edit(world, "{figure}: {range}.")
    assert [rebuilds.rebuild(build=b, by=None).different for b in (first, second)] == [(), ()]


def test_words_about_what_a_wave_does_not_tell_are_none_of_its_input(build: Build) -> None:
    authority, pattern = build.wave.authority, "{figure}: {range}."
    build.wave.schools.add(School.objects.get(key="100001"))
    for measure, school in (("elsewhere", ""), ("enough_sleep", "100002"), ("elsewhere", "100001")):
        WordsEdit.objects.create(
            authority=authority, kind=KIND, measure=measure, school=school, pattern=pattern
        )
    assert queries.own_words_of(build.wave) == ()
    for measure, school in (("enough_sleep", "100001"), ("mood", ""), ("", "")):
        WordsEdit.objects.create(
            authority=authority, kind=KIND, measure=measure, school=school, pattern=pattern
        )
    told = [(each.measure, each.school) for each in queries.own_words_of(build.wave)]
    assert told == [("", ""), ("enough_sleep", "100001"), ("mood", "")]


def test_every_part_of_own_words_is_part_of_the_key(build: Build) -> None:
    def key(*words: dict[str, str]) -> str:
        return pipeline.input_key(build.wave, words=words)

    one = {"kind": KIND, "measure": "a", "school": "b", "pattern": "c"}
    keys = [key(), key(one), key({**one, "pattern": "d"}), key({**one, "measure": "x"})]
    keys += [key({**one, "school": ""}), key({**one, "kind": "x"}), key(one, one)]
    assert len(set(keys)) == len(keys)
    assert key() == pipeline.input_key(build.wave)
    assert pipeline.input_key(build.wave, earlier="a") not in keys


# ---- those who approve


def test_own_words_stand_beside_ours_for_those_who_approve(build: Build, cast: Cast) -> None:
    releaser = client_of(cast.releaser_1)
    page = plain(releaser, build)
    assert page.count("In school reports: A share with its likely range") == 3
    says(page, "All measures At Oak & Co 34 in 100 of your Year 8 pupils said they get enough")
    says(page, "felt calm often or always, Birch <b>Academy</b> & College 34 in 100")
    assert page.count(f"{OURS} between 28 and 41") == 3
    assert "Beside what is public" not in page
    kept = OWN[0]
    changed = {**OWN[2], "pattern": "{figure}, for Birch: {range}."}
    later = plain(releaser, like(build, [kept, changed])).partition("The council’s own words")[2]
    says(later, "All measures At Oak & Co .*? The same as public now")
    says(later, "College 34 in 100 .*? , for Birch: between 28 and 41 .*? New")
    says(
        later,
        r"calm often or always 34 in 100 .*? \(calm & so on\): .*? Public now, and no longer said",
    )
    assert later.count(" New ") == 1
    none = like(build, [], "2")
    build.wave.publication.delete()
    assert "The council’s own words" not in plain(releaser, none)


def like(build: Build, words: list[dict[str, str]], mark: str = "1") -> Build:
    """Another build of the same figures, in other words."""
    other = Build.objects.create(
        wave=build.wave, input_key=mark * 64, state=Build.State.COMPLETE, words=words
    )
    for place in build.places.all():
        place.pk, place.build = None, other
        place.save()
    return other


def plain(client: Client, build: Build) -> str:
    markup = client.get(f"/builds/{build.pk}/").content.decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())
