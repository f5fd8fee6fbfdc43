"""Sheets that officers keep become outcomes: read wherever the header stands, seen before, applied, taken back."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.actions.outcomes import update_outcome
from crm.importing.applying import A_STEP
from crm.importing.refusal import Refused
from crm.models import ImportBatch, LedgerEntry, Outcome
from crm.values.measures import Disclosure, Measure, PartyRole
from tests.builders import Cast, figure, make_event, make_organisation, make_outcome, money_of, system
from tests.crm.importing.sheets import HEADINGS, ROWS, apply, book, bring, company, groups, mend, read, signed_in


class TestReading:
    def test_the_header_stands_below_a_preamble(self) -> None:
        sheet = read(
            book(["2023년 성과 현황"], [], ["작성: 담당자"], HEADINGS, ["투자협약", "가"], [], ["업무협약", "나"])
        )
        assert sheet.headings == tuple(HEADINGS)
        assert [(row.number, row.cells[1]) for row in sheet.rows] == [(5, "가"), (7, "나")]

    def test_a_merged_cell_says_the_same_for_all_its_rows(self) -> None:
        sheet = read(book(HEADINGS, ["투자협약", "가"], [None, "나"], merge="A2:A3"))
        assert [row.cells[0] for row in sheet.rows] == ["투자협약", "투자협약"]

    def test_excel_s_own_days_and_numbers(self) -> None:
        row = read(book(HEADINGS, ["투자협약", "가", "솔", "", date(2023, 1, 7), 50000000000, 20.0, None])).rows[0]
        assert row.cells[4:7] == ("2023-01-07", "50000000000", "20")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
    def test_a_csv_in_the_office_s_encodings(self, encoding: str) -> None:
        sheet = read('구분,기업명,금액\r\n투자협약,㈜솔,"1,000만원"\r\n'.encode(encoding), "명단.csv")
        assert sheet.rows[0].cells == ("투자협약", "㈜솔", "1,000만원")

    def test_what_is_no_sheet_is_refused_with_a_sentence(self) -> None:
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(3):
                packed.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 100_000_000)
        for content, words in [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "암호"),
            (b"PK\x03\x04broken", "손상"),
            (b"\xef\xbb\xbf\n<HTML><table><tr><td>", "웹 문서"),
            (bomb.getvalue(), "압축"),
            (book(["아무", "말"], ["가", "나"]), "제목 줄"),
        ]:
            with pytest.raises(Refused) as refused:
                read(content)
            assert words in str(refused.value)
        with pytest.raises(Refused, match="아닙니다"):
            read(b"\x00\x01\x02\xff", "명단.csv")


@pytest.mark.django_db
class TestImporting:
    def test_nothing_is_written_before_it_is_applied_and_then_all_of_it(self, officer: Client) -> None:
        make_event()
        assert groups(bring(officer, book(HEADINGS, *ROWS))) == {"new": [2, 3]}
        assert not Outcome.objects.exists()
        apply(officer)
        mou, contract = Outcome.objects.order_by("kind", "title").reverse()
        assert {mou.title, contract.title} == {"㈜솔 투자협약", "벤텍프런티어 수출계약"}
        values = LedgerEntry.objects.exclude(measure=Measure.COUNT).values_list("value", "currency", "basis")
        assert set(values) == {(50_000_000_000, "KRW", "unstated"), (20, "", "total"), (10_000_000, "USD", "annual")}
        assert set(Outcome.objects.values_list("parties__role", flat=True)) == {PartyRole.INVESTOR, PartyRole.EXPORTER}

    def test_the_same_file_twice_changes_nothing(self, officer: Client) -> None:
        make_event()
        content = book(HEADINGS, *ROWS)
        bring(officer, content)
        apply(officer)
        before = LedgerEntry.objects.count(), Outcome.objects.count()
        assert groups(bring(officer, content)) == {"unchanged": [2, 3]}
        apply(officer)
        assert (LedgerEntry.objects.count(), Outcome.objects.count()) == before

    def test_a_title_with_other_spaces_is_the_same_one_also_where_it_stands_alone(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        row = ["투자협약", "㈜솔  투자 협약", *ROWS[0][2:]]
        assert groups(bring(officer, book(HEADINGS, row))) == {"changed": [2]}

    def test_a_change_shows_the_old_and_the_new_and_corrects_by_a_new_entry(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        changed = [*ROWS[0][:5], "600억원", 20, "메모"]
        answer = bring(officer, book(HEADINGS, changed, ROWS[1]))
        (row,) = next(g for g in answer.context["page"].groups if g.key == "changed").rows
        assert row.changes == (("금액", "KRW 50,000,000,000", "KRW 60,000,000,000"),)
        apply(officer)
        money = money_of(Outcome.objects.get(title="㈜솔 투자협약"))
        assert (money.value, money.replaces.value) == (60_000_000_000, 50_000_000_000)  # type: ignore[union-attr]

    def test_a_wrong_cell_is_named_mended_in_the_page_and_the_rest_is_applied(self, officer: Client) -> None:
        make_event()
        wrong = ["투자협약", "나 협약", "=HYPERLINK(1)", "없는 행사", "2023-13-40", "얼마쯤", "많이", ""]
        answer = bring(officer, book(HEADINGS, wrong, ROWS[0]))
        assert groups(answer) == {"wrong": [2], "new": [3]}
        (row,) = answer.context["page"].groups[0].rows
        assert [cell.key for cell in row.cells if cell.error] == ["party", "event", "signed_on", "amount", "jobs"]
        batch = ImportBatch.objects.get()
        cells = {"party": "나", "event": "CES 2023", "signed_on": "2023-01-08", "amount": "", "jobs": ""}
        sent = {f"cell-2-{key}": text for key, text in cells.items()}
        mended = officer.post(f"/imports/{batch.pk}/change/", {"version": batch.version, **sent}, follow=True)
        assert groups(mended) == {"new": [2, 3]}
        apply(officer)
        assert Outcome.objects.count() == 2

    def test_the_rows_that_are_left_come_as_a_file_with_the_reason(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, ["투자협약", "가", "솔", "없는 행사", "", "", "", ""], ROWS[0]))
        batch = ImportBatch.objects.get()
        content = officer.get(f"/imports/{batch.pk}/rejected/").content
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))
        assert len(rows) == 2 and "없는 행사" in str(rows[1][-1])

    def test_what_may_be_on_record_waits_for_a_decision(self, cast: Cast, officer: Client) -> None:
        make_event()
        present = make_outcome("솔 MOU", parties=[(make_organisation("㈜솔"), PartyRole.INVESTOR)], lead_unit=cast.unit)
        assert groups(bring(officer, book(HEADINGS, ROWS[0]))) == {"duplicate": [2]}
        apply(officer)
        assert Outcome.objects.count() == 1
        bring(officer, book(HEADINGS, ROWS[0]))
        batch = ImportBatch.objects.order_by("-created_at")[0]
        decide = {"version": batch.version, "decision-2": str(present.pk)}
        assert groups(officer.post(f"/imports/{batch.pk}/change/", decide, follow=True)) == {"changed": [2]}
        decide = {"version": batch.version + 1, "decision-2": "another"}
        officer.post(f"/imports/{batch.pk}/change/", decide)
        apply(officer)
        assert Outcome.objects.count() == 2

    def test_all_of_it_is_taken_back(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        bring(
            officer,
            book(HEADINGS, [*ROWS[0][:5], "600억원", 20, "새 메모"], ["업무협약", "새 협약", "새 기업", "CES 2023"]),
        )
        apply(officer)
        batch = ImportBatch.objects.order_by("-created_at")[0]
        officer.post(f"/imports/{batch.pk}/undo/", {"position": "2"})
        mou = Outcome.objects.get(title="㈜솔 투자협약")
        assert (money_of(mou).value, mou.note) == (50_000_000_000, "메모")
        assert Outcome.objects.get(title="새 협약").archived_at is not None
        assert ImportBatch.objects.get(pk=batch.pk).state == "undone"

    def test_what_was_changed_since_stops_the_taking_back(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        update_outcome(system(), Outcome.objects.get(title="㈜솔 투자협약"), note="다른 사람이 고침")
        batch = ImportBatch.objects.get()
        answer = officer.post(f"/imports/{batch.pk}/undo/", {"position": "2"}, follow=True)
        assert "그 뒤에 변경된 기록이 있습니다: ㈜솔 투자협약." in answer.content.decode()
        assert not Outcome.objects.exclude(archived_at=None).exists()

    def test_the_rest_can_be_taken_back_then(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        kept = update_outcome(system(), Outcome.objects.get(title="㈜솔 투자협약"), note="다른 사람이 고침")
        batch = ImportBatch.objects.get()
        address = f"/imports/{batch.pk}/"
        assert "나머지 되돌리기" not in officer.get(address).content.decode()
        stopped = officer.post(f"{address}undo/", {"position": "2"}, follow=True)
        assert "변경된 기록은 두고 나머지 되돌리기" in stopped.content.decode()
        answer = officer.post(f"{address}undo/", {"position": "2", "but_changed": "on"}, follow=True).content.decode()
        assert [one.pk for one in Outcome.objects.filter(archived_at=None)] == [kept.pk]
        assert "㈜솔 투자협약: 그 뒤에 변경되어 되돌리지 않았습니다" in answer and "되돌리지 않은 행" in answer
        assert "나머지 되돌리기" not in answer

    def test_a_step_that_is_sent_twice_is_taken_once(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        for _time in range(2):
            apply(officer)
        assert Outcome.objects.count() == 2

    def test_a_long_sheet_goes_on_by_itself_and_after_a_break(self, officer: Client) -> None:
        make_event()
        rows = [["업무협약", f"협약 {n}", company(n), "CES 2023", "", "", "", ""] for n in range(2 * A_STEP + 25)]
        bring(officer, book(HEADINGS, *rows))
        batch = ImportBatch.objects.get()
        part = officer.post(f"/imports/{batch.pk}/apply/", {"position": "0"}, headers={"HX-Request": "true"})
        assert f"{len(rows)}행 중 {A_STEP}행" in part.content.decode() and "<html" not in part.content.decode()
        assert Outcome.objects.count() == A_STEP
        for position in (A_STEP, 2 * A_STEP):
            officer.post(f"/imports/{batch.pk}/apply/", {"position": str(position)})
        assert Outcome.objects.count() == len(rows) and ImportBatch.objects.get().state == "applied"

    def test_another_department_s_records_are_neither_shown_nor_changed(self, cast: Cast) -> None:
        make_event()
        kept = make_outcome(
            "㈜솔 투자협약", figures=[figure(7)], parties=[(make_organisation("㈜솔"), PartyRole.INVESTOR)],
            lead_unit=cast.unit, disclosure_level=Disclosure.PARTLY,
        )  # fmt: skip
        answer = bring(signed_in(cast.outsider), book(HEADINGS, ROWS[0]))
        assert groups(answer) == {"wrong": [2]} and "변경 권한이 없습니다" in answer.content.decode()
        assert "USD 7" not in answer.content.decode()
        apply(signed_in(cast.outsider))
        assert Outcome.objects.get() == kept

    def test_columns_are_chosen_and_remembered(self, officer: Client) -> None:
        make_event()
        odd = ["구분", "회사", "행사", "비용"]
        answer = bring(officer, book(odd, ["업무협약", "솔", "CES 2023", "메모입니다"]))
        assert groups(answer) == {"wrong": [2]}
        batch = ImportBatch.objects.get()
        chosen = {"version": batch.version, "columns": "on", "column-0": "kind", "column-1": "party", "column-2": "event",
                  "column-3": "note"}  # fmt: skip
        assert groups(officer.post(f"/imports/{batch.pk}/change/", chosen, follow=True)) == {"new": [2]}
        assert groups(bring(officer, book(odd, ["업무협약", "다른 회사", "CES 2023", ""]))) == {"new": [2]}

    def test_of_two_columns_of_one_heading_the_first_that_says_something_counts(self, officer: Client) -> None:
        make_event()
        bring(officer, book(["구분", "기업명", "행사", "비고", "비고"], ["업무협약", "솔", "CES 2023", "첫째", None]))
        apply(officer)
        assert Outcome.objects.get().note == "첫째"

    def test_what_two_columns_of_notes_say_is_kept_together_until_it_is_mended(self, officer: Client) -> None:
        make_event()
        rows = [["업무협약", name, "CES 2023", "첫째", "둘째"] for name in ("솔", "달")]
        bring(officer, book(["구분", "기업명", "행사", "비고", "비고"], *rows))
        mend(officer, **{"cell-3-note": "고친 것"})
        apply(officer)
        assert sorted(Outcome.objects.values_list("note", flat=True)) == ["고친 것", "첫째 / 둘째"]

    def test_a_sheet_without_units_is_led_by_the_officer_s(self, cast: Cast, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        assert {outcome.lead_unit for outcome in Outcome.objects.all()} == {cast.unit}

    def test_a_file_that_is_too_large_is_not_read(self, officer: Client, settings: Any) -> None:
        settings.MAX_UPLOAD_BYTES = 1024 * 1024
        answer = bring(officer, b"0" * (1024 * 1024 + 1), "큰 파일.csv")
        assert "파일이 1 MB보다 큽니다." in answer.content.decode() and not ImportBatch.objects.exists()

    def test_leadership_imports_nothing(self, cast: Cast) -> None:
        assert signed_in(cast.leader).get("/imports/").status_code == 403
