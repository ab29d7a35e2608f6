"""The roll reader: no database, no Django."""

import hashlib
import hmac
import io
import subprocess
import sys
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from schools.roll import RollContext, RollFileError, RollReading, RollRow, pseudonym, read_roll
from tests.unit.schools.upns import temporary, upn

KEY = bytes(range(32))
CONTEXT = RollContext(
    schools={"100001": "3114001", "100002": "3114002", "100003": ""},
    areas=frozenset({"E01000001", "E05000001"}),
    link_key=KEY,
)
PLAIN = "UPN,URN,NCyearActual,Sex,FSM,SENprovision,LSOA\n"


def read(text: str | bytes) -> RollReading:
    return read_roll(text.encode() if isinstance(text, str) else text, context=CONTEXT)


def only(text: str) -> RollRow:
    reading = read(text)
    assert reading.problems == ()
    [row] = reading.rows
    return row


def reasons(text: str) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.reason) for problem in read(text).problems]


class TestOneRow:
    def test_everything_read(self) -> None:
        row = only(
            "UPN,FormerUPN,Surname,URN,NCyearActual,Gender,EVERFSM_6,FSMeligible,SENprovision,"
            "Ethnicity,Language,RegGroup,Postcode,LSOA\n"
            f"{upn(1)},{upn(2)},Smith,100001,8,F,Y,N,K,WBRI,ENG,8B,RM1 1AA,E01000001\n"
        )
        assert row == RollRow(
            row=2,
            pseudonym=hmac.new(KEY, upn(1).encode(), hashlib.sha256).hexdigest(),
            former=hmac.new(KEY, upn(2).encode(), hashlib.sha256).hexdigest(),
            school="100001",
            year_group=8,
            sex="F",
            fsm=True,
            fsm_kind="ever6",
            sen="support",
            area="E01000001",
            outside=False,
            ethnicity="white",
            class_name="8B",
            class_number=1,
        )

    def test_the_fewest_columns(self) -> None:
        row = only(f"upn;estab;Year Group\n{upn(1)};3114002;Year 10\n")
        assert (row.school, row.year_group) == ("100002", 10)
        assert (row.sex, row.fsm, row.fsm_kind, row.sen) == ("", None, "", "")
        assert (row.area, row.outside) == ("", False)

    def test_known_upn_and_its_hmac(self) -> None:
        """B801200005001 is valid; the HMAC by openssl 3.0:
        printf B801200005001 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102..1f"""
        expected = "93e8f86ea619bdce8e95e6a99d93aff74cf91a777f955425fb9e83c5376ef3e6"
        assert pseudonym(" b8012 00005001 ", KEY) == expected

    @pytest.mark.parametrize(
        ("cell", "fsm"),
        [
            *((yes, True) for yes in ("Y", "yes", "true", "1", "T", "1.0")),
            *((no, False) for no in ("n", "No", "0", "F", "FALSE")),
            ("", None),
        ],
    )
    def test_free_school_meals(self, cell: str, fsm: bool | None) -> None:
        row = only(f"{PLAIN}{upn(1)},100001,8,F,{cell},N,E01000001\n")
        assert row.fsm is fsm
        assert row.fsm_kind == ("" if fsm is None else "census_day")

    @pytest.mark.parametrize(
        ("cell", "sen"), [("N", "none"), ("k", "support"), ("E", "plan"), ("", ""), ("S", "plan")]
    )
    def test_sen(self, cell: str, sen: str) -> None:
        assert only(f"{PLAIN}{upn(1)},100001,8,F,Y,{cell},\n").sen == sen

    @pytest.mark.parametrize(
        ("cell", "sex"), [("M", "M"), ("female", "F"), ("U", "X"), ("", ""), ("x", "X")]
    )
    def test_sex(self, cell: str, sex: str) -> None:
        assert only(f"{PLAIN}{upn(1)},100001,8,{cell},Y,N,\n").sex == sex

    @pytest.mark.parametrize(
        ("cell", "area", "outside"),
        [
            ("E01000001", "E01000001", False),
            ("e05000001", "E05000001", False),
            ("E01999999", "", True),
            ("", "", False),
        ],
    )
    def test_home(self, cell: str, area: str, outside: bool) -> None:
        row = only(f"{PLAIN}{upn(1)},100001,8,F,Y,N,{cell}\n")
        assert (row.area, row.outside) == (area, outside)

    def test_without_areas_in_the_register_nobody_lives_outside(self) -> None:
        context = RollContext(schools=CONTEXT.schools, areas=frozenset(), link_key=KEY)
        text = f"{PLAIN}{upn(1)},100001,8,F,Y,N,E01000001\n"
        [row] = read_roll(text.encode(), context=context).rows
        assert (row.area, row.outside) == ("", False)

    @pytest.mark.parametrize(
        ("header", "cells", "school"),
        [
            ("URN", "100003", "100003"),
            ("URN", "0100001", "100001"),
            ("URN,LA,Estab", ",311,4001", "100001"),
            ("LA,Estab", "0311,4002.0", "100002"),
            ("Estab", "4002", "100002"),
            ("DfE Number", "3114001", "100001"),
        ],
    )
    def test_school(self, header: str, cells: str, school: str) -> None:
        assert only(f"UPN,Year,{header}\n{upn(1)},8,{cells}\n").school == school

    def test_two_schools_with_one_establishment_number_are_told_apart_by_council(self) -> None:
        context = RollContext(
            schools={"1": "3114001", "2": "3124001"}, areas=frozenset(), link_key=KEY
        )
        text = f"UPN,Year,LA,Estab\n{upn(1)},8,312,4001\n{upn(2)},8,,4001\n"
        reading = read_roll(text.encode(), context=context)
        assert [row.school for row in reading.rows] == ["2"]
        assert [problem.row for problem in reading.problems] == [3]

    def test_temporary_upn_is_taken_with_a_note(self) -> None:
        reading = read(f"UPN,URN,Year\n{temporary(5)},100001,8\n")
        assert len(reading.rows) == 1
        assert "temporary" in reading.notes[0].reason

    @pytest.mark.parametrize("council", [838, 943])
    def test_councils_younger_than_the_librarys_list(self, council: int) -> None:
        good = upn(7, council)
        assert len(read(f"UPN,URN,Year\n{good},100001,8\n").rows) == 1
        wrong = ("B" if good[0] == "A" else "A") + good[1:]
        assert "check letter" in reasons(f"UPN,URN,Year\n{wrong},100001,8\n")[0][2]

    def test_former_upn_that_is_wrong_costs_only_the_history(self) -> None:
        reading = read(f"UPN,FormerUPN,URN,Year\n{upn(1)},UNKNOWN,100001,8\n")
        assert reading.rows[0].former == ""
        assert reading.notes[0].column == "FormerUPN"


class TestProblems:
    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            ("A801200005001", "has a check letter that does not fit its digits"),
            ("B80120000500", "does not have 13 characters"),
            ("B80120000X001", "is not a letter followed by 12 digits"),
            ("Z000000000000", "does not begin with the number of a council"),
            ("", "is empty"),
        ],
    )
    def test_upn(self, number: str, reason: str) -> None:
        assert reasons(f"UPN,URN,Year\n{number},100001,8\n") == [(2, "UPN", reason)]

    def test_every_problem_of_a_row_is_told(self) -> None:
        found = reasons(f"{PLAIN}{upn(1)},999999,eight,Q,perhaps,Z,London\n")
        columns = ["NCyearActual", "LSOA", "FSM", "URN", "Sex", "SENprovision"]
        assert sorted(column for _, column, _ in found) == sorted(columns)
        assert {row for row, _, _ in found} == {2}

    @pytest.mark.parametrize("cell", ["", "99", "8.5", "-8", "²"])
    def test_year(self, cell: str) -> None:
        [(_, column, _)] = reasons(f"UPN,URN,Year\n{upn(1)},100001,{cell}\n")
        assert column == "Year"

    @pytest.mark.parametrize("cell", ["R", "6", "12", "N1"])
    def test_years_that_are_not_kept_are_no_problem(self, cell: str) -> None:
        reading = read(f"UPN,URN,Year\n{upn(1)},100001,{cell}\n")
        assert (reading.rows, reading.problems, reading.other_years) == ((), (), 1)

    def test_known_urn_wins_but_an_unknown_one_is_not_overruled(self) -> None:
        text = f"UPN,Year,URN,LA,Estab\n{upn(1)},8,999999,311,4001\n"
        assert reasons(text) == [(2, "URN", "names no school of the register")]

    def test_row_numbers_count_every_line_of_the_file(self) -> None:
        text = f"Roll of spring\n\nUPN,URN,Year\n{upn(1)},100001,8\n\nX,100001,8\n"
        # Short lines above the header are allowed: titles and blanks.
        assert [row for row, _, _ in reasons(text)] == [6]

    def test_line_cut_off(self) -> None:
        text = f"{PLAIN}{upn(1)},100001,8,F,Y,N,\n{upn(2)},100001"
        assert reasons(text) == [(3, "whole row", "has more or fewer cells than the header")]

    def test_no_cell_is_ever_repeated(self) -> None:
        """Each cell is a canary: none may come back in a problem, a note or a reading's text."""
        cells = [f"canary{number}" for number in range(7)]
        reading = read(PLAIN + ",".join(cells) + f"\n{upn(1)},100001,8,F,Y,N,\n")
        assert len(reading.problems) == 7
        assert "canary" not in repr(reading)
        assert upn(1) not in repr(reading)
        assert upn(1)[1:] not in repr(reading)

    def test_pupil_number_in_the_header_is_masked(self) -> None:
        text = f"UPN,URN,Year,{upn(1)}\n{upn(2)},100001,8,\n"
        assert upn(1) not in repr(read(text).mapping)

    def test_the_row_has_no_room_for_number_or_name(self) -> None:
        names = {field.name for field in fields(RollRow)}
        assert not names & {"upn", "former_upn", "name", "surname", "forename", "postcode", "dob"}


class TestRepeats:
    def test_identical_rows_count_once(self) -> None:
        line = f"{upn(1)},100001,8,F,Y,N,\n"
        reading = read(PLAIN + line + line + line)
        assert (len(reading.rows), reading.repeated, reading.problems) == (1, 2, ())

    def test_two_schools_are_a_problem_of_both_rows(self) -> None:
        found = reasons(f"UPN,URN,Year\n{upn(1)},100001,8\n{upn(1)},100002,8\n")
        assert found == [
            (2, "UPN", "stands with another school in row 3 too"),
            (3, "UPN", "stands with another school in row 2 too"),
        ]

    def test_other_details_are_a_problem(self) -> None:
        found = reasons(f"UPN,URN,Year\n{upn(1)},100001,8\n{upn(1)},100001,9\n")
        assert found[0][2] == "stands with other details in row 3 too"

    def test_former_upn_that_somebody_else_has(self) -> None:
        head = "UPN,FormerUPN,URN,Year\n"
        taken = f"{head}{upn(1)},{upn(2)},100001,8\n{upn(2)},,100001,8\n"
        twice = f"{head}{upn(1)},{upn(3)},100001,8\n{upn(2)},{upn(3)},100001,8\n"
        assert [row for row, _, _ in reasons(taken)] == [2]
        assert [row for row, _, _ in reasons(twice)] == [2, 3]

    def test_place_in_the_class_list_counts_rows_with_problems(self) -> None:
        lines = [f"{upn(1)},8B", "wrong,8B", f"{upn(3)},8C", f"{upn(4)},8B"]
        text = "UPN,RegGroup,URN,Year\n" + "".join(f"{line},100001,8\n" for line in lines)
        numbers = {(row.class_name, row.class_number) for row in read(text).rows}
        assert numbers == {("8B", 1), ("8C", 1), ("8B", 3)}


class TestFiles:
    text = f"{PLAIN}{upn(1)},100001,08,F,Y,N,\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
    def test_text_in_every_usual_form(self, encoding: str, separator: str, ending: str) -> None:
        text = self.text.replace("Sex", "Sex,Tëacher").replace(",F,", ",F,Zoë,")
        text = text.replace(",", separator).replace("\n", ending)
        [row] = read(text.encode(encoding)).rows
        assert (row.year_group, row.sex, row.fsm) == (8, "F", True)

    @pytest.mark.parametrize(
        "header",
        [
            "upn, urn ,NCYEARACTUAL,sex,fsm,SenProvision,lsoa",
            "UPN_SPR26,URN_SPR26,NCyearActual_SPR26,Gender_SPR26,FSMeligible_SPR26,"
            "SENprovision_SPR26,LSOA_SPR26",
            "Unique Pupil Number,School URN,NC Year,Gender,FSM,SEN Status,LSOA21CD",
        ],
    )
    def test_column_names(self, header: str) -> None:
        row = only(f"{header}\n{upn(1)},100001,8,F,Y,N,E01000001\n")
        assert (row.year_group, row.sex, row.fsm, row.sen) == (8, "F", True, "none")
        assert row.area == "E01000001"

    def test_the_mapping_says_what_becomes_of_each_column(self) -> None:
        reading = read(
            f"UPN,URN,Year,EVERFSM_6,FSM,Postcode,Surname\n{upn(1)},100001,8,Y,N,RM1,Smith\n"
        )
        fields_by_header = {column.header: column.field for column in reading.mapping}
        notes = {column.header: column.note for column in reading.mapping}
        assert fields_by_header["EVERFSM_6"] == "fsm_ever6"
        assert fields_by_header["FSM"] == fields_by_header["Postcode"] == ""
        assert notes["FSM"] == "not used: another column serves"
        assert notes["Surname"] == "not read, not stored"
        assert notes["UPN"] == "turned into a pseudonym, not stored"

    def test_spreadsheet(self) -> None:
        content = workbook(
            ["UPN", "URN", "NCyearActual", "FSM", "LSOA"], [upn(1), 100001, 8.0, True, None]
        )
        [row] = read(content).rows
        assert (row.school, row.year_group, row.fsm, row.area) == ("100001", 8, True, "")

    def test_roll_on_the_second_sheet(self) -> None:
        book = Workbook()
        book.active.append(["Read me"])
        for cells in (["UPN", "URN", "Year"], [upn(1), 100001, 8]):
            (book["Roll"] if "Roll" in book else book.create_sheet("Roll")).append(cells)
        assert len(read(saved(book)).rows) == 1

    def test_path_gives_the_name(self, tmp_path: Path) -> None:
        path = tmp_path / "roll.csv"
        path.write_text(self.text)
        reading = read_roll(path, context=CONTEXT)
        assert reading.name == "roll.csv"
        assert reading.sha256 == hashlib.sha256(self.text.encode()).hexdigest()

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "empty"),
            (b" \r\n ", "empty"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "neither text nor a spreadsheet"),
            (b"\xff\xfeU\x00P\x00N", "neither text nor a spreadsheet"),  # cut in mid-sign
            (b"\xff\xfeU\x00P\x00", "No column is named UPN"),
            (b"\xff\xfe\x00\xd8", "neither text nor a spreadsheet"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
            (b"PK\x03\x04 and no more", "damaged or cut off"),
            (b"Surname,Year\nSmith,8\n", "No column is named UPN"),
            (b"UPN,Surname\nX,Smith\n", "year group (NCyearActual) and none for the school"),
            (b'UPN,URN,Year\n"cut', "breaks off"),
        ],
    )
    def test_files_that_are_no_roll(self, content: bytes, sentence: str) -> None:
        with pytest.raises(RollFileError) as caught:
            read(content)
        assert sentence in str(caught.value)
        assert "Smith" not in str(caught.value)

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
    def test_spreadsheet_cut_off(self, share: float) -> None:
        content = workbook(["UPN", "URN", "Year"], *([upn(n), 100001, 8] for n in range(50)))
        with pytest.raises(RollFileError, match="damaged or cut off"):
            read(content[: int(len(content) * share)])

    def test_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(RollFileError, match="cannot be opened"):
            read_roll(tmp_path / "absent.csv", context=CONTEXT)


class TestAnythingAtAll:
    """Whatever comes in: an answer or a RollFileError."""

    @settings(max_examples=300)
    @given(st.binary(max_size=400))
    def test_bytes(self, content: bytes) -> None:
        quiet(content)

    @settings(max_examples=300)
    @given(st.binary(max_size=200), st.integers(0, 199))
    def test_a_roll_with_bytes_thrown_in(self, noise: bytes, place: int) -> None:
        good = f"{PLAIN}{upn(1)},100001,8,F,Y,N,E01000001\n".encode() * 3
        quiet(good[:place] + noise + good[place:])

    @settings(max_examples=300)
    @given(st.lists(st.lists(st.text(max_size=15), min_size=7, max_size=7), max_size=5))
    def test_cells(self, rows: list[list[str]]) -> None:
        lines = ('","'.join(cell.replace('"', '""') for cell in row) for row in rows)
        quiet((PLAIN + "".join(f'"{line}"\n' for line in lines)).encode("utf-8", "replace"))

    @settings(max_examples=60)
    @given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
    def test_a_spreadsheet_with_bytes_changed(self, place: int, noise: bytes) -> None:
        quiet(BOOK[:place] + noise + BOOK[place + len(noise) :])


def quiet(content: bytes) -> None:
    reading = None
    with suppress(RollFileError):
        reading = read(content)
    if reading:
        assert reading.read >= len(reading.rows)
        assert all(len(row.pseudonym) == 64 for row in reading.rows)
        assert all(row.year_group in range(7, 12) for row in reading.rows)


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


BOOK = workbook(["UPN", "URN", "Year"], [upn(1), 100001, 8])


def test_the_reader_needs_no_django() -> None:
    code = "import sys, schools.roll, schools.place_files; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == 0
