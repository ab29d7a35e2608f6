"""The register by its commands alone, as a council sets it up."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from schools.models import Area, AreaMembership, AuditEntry, RollPupil, SameArea, School, User
from tests.unit.schools.upns import upn

pytestmark = pytest.mark.django_db
COUNCIL = ["--authority", "E09000016"]


def run(*words: object) -> str:
    out = StringIO()
    call_command(*(str(word) for word in words), stdout=out)
    return out.getvalue()


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A council with two schools; the folder where its files lie."""
    path = tmp_path / "schools.csv"
    path.write_text("URN,name,Estab\n100001,Ash,3114001\n100002,Birch,3114002\n")
    run("import_schools", path, *COUNCIL, "--authority-name", "Exampleham")
    return tmp_path


@pytest.fixture
def roll(council: Path) -> Path:
    path = council / "roll.csv"
    lines = [f"{upn(n)},Smith,100001,{8 + n % 3},M,Y" for n in range(6)]
    path.write_text("UPN,Surname,URN,NCyearActual,Sex,FSM\n" + "\n".join(lines) + "\n")
    return path


def test_roll_dry_run_then_roll(roll: Path) -> None:
    shown = run("import_roll", roll, *COUNCIL, "--dry-run")
    assert "Surname" in shown
    assert "not read, not stored" in shown
    assert "Nothing was written" in shown
    assert not RollPupil.objects.exists()
    shown = run("import_roll", roll, *COUNCIL, "--term", "spring 2026")
    assert shown.index("How each column") < shown.index("6 rows; 6 pupils") < shown.index("Done")
    assert RollPupil.objects.count() == 6
    assert "Smith" not in shown
    assert upn(1) not in shown


def test_roll_with_problems(roll: Path) -> None:
    roll.write_text(roll.read_text() + "A801200005001,Jones,100001,8,M,Y\n")
    out = StringIO()
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_roll", str(roll), *COUNCIL, stdout=out)
    assert "row 8, UPN: has a check letter that does not fit its digits" in out.getvalue()
    assert "A801200005001" not in out.getvalue()
    assert not RollPupil.objects.exists()
    run("import_roll", roll, *COUNCIL, "--accept-partial")
    assert RollPupil.objects.count() == 6


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"a,b\n1,2\n"])
def test_roll_that_is_none(roll: Path, content: bytes) -> None:
    roll.write_bytes(content)
    with pytest.raises(CommandError):
        run("import_roll", roll, *COUNCIL)
    assert not RollPupil.objects.exists()


def test_options_that_name_nobody(roll: Path) -> None:
    with pytest.raises(CommandError, match="No authority"):
        run("import_roll", roll, "--authority", "E1")
    with pytest.raises(CommandError, match="No account"):
        run("import_roll", roll, *COUNCIL, "--by", "nobody@example.org")
    with pytest.raises(CommandError, match="cannot be opened"):
        run("import_roll", roll.parent / "absent.csv", *COUNCIL)


def test_opting_out(roll: Path) -> None:
    run("import_roll", roll, *COUNCIL)
    user = User.objects.create_user("data@example.org", name="Data")
    words = ["opt_out", *COUNCIL, "--upn", upn(3), "--by", "data@example.org"]
    assert "recorded" in run(*words)
    assert RollPupil.objects.may_take_part().count() == 5
    assert AuditEntry.objects.latest("number").by == user
    assert "cancelled" in run(*words, "--cancel")
    assert RollPupil.objects.may_take_part().count() == 6


@pytest.mark.parametrize(
    ("number", "sentence"), [(upn(99), "No pupil"), ("A801200005001", "check letter")]
)
def test_opting_out_nobody(roll: Path, number: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as caught:
        run("opt_out", *COUNCIL, "--upn", number)
    assert number not in str(caught.value)


def test_after_the_link_key_is_gone_no_number_is_matched(
    roll: Path, settings: object, tmp_path: Path
) -> None:
    settings.KEY_DIR = tmp_path / "keys"  # type: ignore[attr-defined]
    assert "LINK_KEY: written" in run("make_keys")
    run("import_roll", roll, *COUNCIL)
    run("destroy_link_key", "--yes")
    for words in (["import_roll", roll], ["opt_out", "--upn", upn(1)]):
        with pytest.raises(CommandError, match="LINK_KEY is missing"):
            run(*words, *COUNCIL)
    # A new key is another key: the same pupils are strangers to it.
    run("make_keys")
    with pytest.raises(CommandError, match="No pupil"):
        run("opt_out", *COUNCIL, "--upn", upn(1))
    assert "the chain is whole" in run("verify_audit")


class TestRealBoundaries:
    def test_wards_and_small_areas(self, council: Path, shared_data: Path) -> None:
        geo = shared_data / "geo"
        wards, small = geo / "havering_wards_2025.geojson", geo / "havering_lsoa_2021.geojson"
        run("import_areas", wards, *COUNCIL, "--kind", "ward", "--vintage", "2025")
        run("import_areas", small, *COUNCIL, "--kind", "lsoa", "--vintage", "2021")
        assert Area.objects.filter(kind="ward").count() == 20
        assert Area.objects.filter(kind="lsoa").count() == 153
        assert Area.objects.get(code="E05013967").name == "Beam Park"
        shown = run("import_areas", wards, *COUNCIL, "--kind", "ward", "--vintage", "2025")
        assert "'unchanged': 20" in shown

    def test_homes_by_small_area(self, roll: Path, shared_data: Path) -> None:
        small = shared_data / "geo" / "havering_lsoa_2021.geojson"
        run("import_areas", small, *COUNCIL, "--kind", "lsoa", "--vintage", "2021")
        lines = roll.read_text().splitlines()
        codes = ["LSOA", "E01002243", "E01000001", "", "E01002243", "", ""]
        text = "\n".join(f"{line},{code}" for line, code in zip(lines, codes, strict=True))
        roll.write_text(text)
        run("import_roll", roll, *COUNCIL)
        assert RollPupil.objects.filter(area__code="E01002243").count() == 2
        assert RollPupil.objects.filter(outside=True).count() == 1


def test_area_members(council: Path) -> None:
    path = council / "wards.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"properties": {"code": "W1", "name": "One"},'
        '"geometry": {"type": "Polygon", "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 51]]]}}]}'
    )
    run("import_areas", path, *COUNCIL, "--kind", "ward", "--vintage", "2025")
    members = council / "members.csv"
    members.write_text("part,whole,whole_kind,whole_name\nW1,north,locality,North\n")
    run("import_area_members", members, *COUNCIL, "--vintage", "2025")
    assert AreaMembership.objects.get().whole.name == "North"
    members.write_text("part,whole\nW1,W7\n")
    with pytest.raises(CommandError, match="Row 2"):
        run("import_area_members", members, *COUNCIL, "--vintage", "2025")
    path.write_text("[" * 100_000)
    with pytest.raises(CommandError, match="no JSON"):
        run("import_areas", path, *COUNCIL, "--kind", "ward", "--vintage", "2025")
    assert School.objects.count() == 2


def test_the_same_areas(council: Path) -> None:
    path = council / "wards.geojson"
    shape = '"geometry": {"type": "Polygon", "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 51]]]}'
    for code, vintage in (("W1", "2025"), ("W9", "2027")):
        path.write_text(
            '{"type": "FeatureCollection", "features": [{"properties": '
            f'{{"code": "{code}", "name": "One"}}, {shape}}}]}}'
        )
        run("import_areas", path, *COUNCIL, "--kind", "ward", "--vintage", vintage)
    said = council / "same.csv"
    said.write_text("earlier,later\nW1,W9\n")
    pair = ["--earlier", "2025", "--later", "2027"]
    assert "The same areas: 1." in run("import_same_areas", said, *COUNCIL, *pair)
    said.write_text("earlier,later\nW1,W8\n")
    with pytest.raises(CommandError, match="Row 2: 2027 has no area with the code W8"):
        run("import_same_areas", said, *COUNCIL, *pair)
    assert SameArea.objects.get().later.code == "W9"
    with pytest.raises(CommandError, match="such as 2025"):
        run("import_areas", path, *COUNCIL, "--kind", "ward", "--vintage", "newest")
