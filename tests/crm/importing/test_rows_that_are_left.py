"""What amounts count, which rows are left and why, and what is not taken back."""

import html
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.actions.outcomes import update_outcome
from crm.importing.applying import A_STEP, A_STEP_BACK
from crm.importing.refusal import Refused
from crm.models import ImportBatch, Outcome
from crm.values.measures import PartyRole
from crm.web.pages.imports import SHOWN
from tests.builders import Cast, figure, make_event, make_organisation, make_outcome, money_of, system
from tests.crm.importing.sheets import HEADINGS, ROWS, apply, apply_all, book, bring, company, groups, mend, read


@pytest.mark.django_db
class TestWhatAmountsCount:
    @pytest.mark.parametrize(
        ("heading", "above", "cell", "value", "currency"),
        [
            ("금액(백만원)", [], 500, 500_000_000, "KRW"),
            ("금액 (단위: 천원)", [], "1,234.5", 1_234_500, "KRW"),
            ("금액(USD)", [], 250_000, 250_000, "USD"),
            ("금액[천달러]", [], 12, 12_000, "USD"),
            ("금액", ["2023년 성과 (단위: 억원, 명)"], "약 3.5", 350_000_000, "KRW"),
            ("금액", ["단위 : 백만 불"], 2, 2_000_000, "USD"),
            ("금액", ["단위：천 유로"], 2, 2_000, "EUR"),
            ("금액(백만원)", [], "3천만 달러", 30_000_000, "USD"),
            ("금액(원)", ["(단위: 백만원)"], 700_000, 700_000, "KRW"),
        ],
    )
    def test_is_said_by_the_heading_or_above_the_table(
        self, officer: Client, heading: str, above: list[str], cell: Any, value: int, currency: str
    ) -> None:
        make_event()
        bring(officer, book(above, [*HEADINGS[:5], heading], ["투자협약", "가", "솔", "CES 2023", "", cell]))
        apply(officer)
        money = money_of(Outcome.objects.get())
        assert (money.value, money.currency) == (value, currency)

    @pytest.mark.parametrize("heading", ["금액", "금액(VAT 별도)"])
    def test_is_asked_where_nobody_says_it_and_remembered(self, officer: Client, heading: str) -> None:
        make_event()
        headings, row = [*HEADINGS[:5], heading], ["투자협약", "가", "솔", "CES 2023", "", 500]
        answer = bring(officer, book(headings, row))
        assert groups(answer) == {"wrong": [2]} and "숫자의 단위를 알 수 없습니다" in answer.content.decode()
        columns = {
            f"column-{n}": key for n, key in enumerate(["kind", "title", "party", "event", "signed_on", "amount"])
        }
        answer = mend(officer, columns="on", unit="백만원", **columns)
        assert groups(answer) == {"new": [2]} and "= KRW 500,000,000" in answer.content.decode()
        assert groups(bring(officer, book(headings, [*row[:1], "나", *row[2:]]))) == {"new": [2]}

    def test_two_units_of_money_above_say_nothing(self, officer: Client) -> None:
        make_event()
        row = ["투자협약", "가", "솔", "CES 2023", "", 500]
        assert groups(bring(officer, book(["(단위: 백만원, 천달러)"], HEADINGS[:6], row))) == {"wrong": [3]}


@pytest.mark.django_db
class TestRowsThatAreLeft:
    def test_a_row_that_repeats_another_is_left_however_far_behind_it_stands(self, officer: Client) -> None:
        make_event()
        rows = [["투자협약", f"협약 {n}", company(n), "CES 2023", "", "1억원"] for n in range(A_STEP + 5)]
        answer = bring(officer, book(HEADINGS[:6], *rows, [*rows[0][:5], "9억원"]))
        assert groups(answer)["wrong"] == [A_STEP + 7]
        batch = apply_all(officer)
        assert money_of(Outcome.objects.get(title="협약 0")).value == 100_000_000
        assert batch.state == "applied" and batch.left == {str(A_STEP + 7): "성과명: 2행과 같은 성과입니다."}

    def test_two_rows_that_say_different_things_of_one_outcome_are_not_both_taken(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        row = [*ROWS[0][:5], "600억원", 20, "메모"]
        assert groups(bring(officer, book(HEADINGS, row, ROWS[0]))) == {"changed": [2], "wrong": [3]}
        assert groups(bring(officer, book(HEADINGS, ROWS[0], row))) == {"unchanged": [2], "wrong": [3]}
        assert groups(bring(officer, book(HEADINGS, ROWS[0], ROWS[0]))) == {"unchanged": [2, 3]}

    def test_what_was_realised_is_told_with_its_evidence_and_not_here(self, officer: Client) -> None:
        make_event()
        row = ["수출실적", "가", "솔", "CES 2023", "", "1억원"]
        answer = bring(officer, book(HEADINGS[:6], row, ROWS[0][:6]))
        assert groups(answer) == {"wrong": [2], "new": [3]} and "증빙" in answer.content.decode()
        assert groups(mend(officer, **{"cell-2-amount": ""})) == {"new": [2, 3]}

    @pytest.mark.parametrize("place", [1, 2])
    def test_what_is_too_long_is_said_before_it_is_applied(self, officer: Client, place: int) -> None:
        make_event()
        row: list[Any] = ["투자협약", "가", "솔", "CES 2023", "", ""]
        row[place] = "가" * 501
        assert groups(bring(officer, book(HEADINGS[:6], row))) == {"wrong": [2]}

    def test_a_row_that_is_refused_at_the_last_moment_is_left_and_the_others_are_applied(
        self, cast: Cast, officer: Client
    ) -> None:
        make_event()
        present = make_outcome(
            "솔 협약", figures=[figure(5), figure(6, for_year=2024)], lead_unit=cast.unit,
            parties=[(make_organisation("솔"), PartyRole.INVESTOR)], signed_on=date(2023, 1, 7),
        )  # fmt: skip
        before = present.entries.count()
        several = ["투자협약", "솔 협약", "솔", "CES 2023", "2023-01-07", "7억원"]
        bring(officer, book(HEADINGS[:6], several, ["투자협약", "나", "다", "CES 2023", "", "1억원"]))
        batch = apply_all(officer)
        assert (batch.state, list(batch.left)) == ("applied", ["2"]) and "솔 협약" in batch.left["2"]
        assert Outcome.objects.filter(title="나").exists() and present.entries.count() == before
        page = officer.get(f"/imports/{batch.pk}/").content.decode()
        assert batch.left["2"] in html.unescape(page)
        content = officer.get(f"/imports/{batch.pk}/rejected/").content
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))
        assert rows[1][1] == "솔 협약" and rows[1][-1] == batch.left["2"] and len(rows) == 2

    def test_another_sheet_of_the_workbook_is_in_nobody_s_way(self) -> None:
        workbook = openpyxl.Workbook()
        workbook.worksheets[0].cell(1, 200, "아주 넓은 시트")
        second = workbook.create_sheet()
        second.append(HEADINGS)
        second.append(["투자협약", "가"])
        saved = io.BytesIO()
        workbook.save(saved)
        assert read(saved.getvalue()).rows[0].cells[1] == "가"
        workbook.remove(second)
        saved = io.BytesIO()
        workbook.save(saved)
        with pytest.raises(Refused, match="최대"):
            read(saved.getvalue())

    def test_what_is_added_is_shown_beside_what_is_there(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        apply(officer)
        outcome = Outcome.objects.get(title="㈜솔 투자협약")
        headings = [*HEADINGS, "식별번호"]
        row = [
            "투자협약",
            "㈜솔 투자협약",
            "새 기업",
            "CES 2023",
            "2023. 1. 7.",
            "500억원",
            20,
            "메모",
            str(outcome.pk),
        ]
        (line,) = next(g for g in bring(officer, book(headings, row)).context["page"].groups if g.key == "changed").rows
        assert line.changes == (("기업명", "㈜솔", "㈜솔, 새 기업"),)

    def test_the_columns_of_a_doubled_heading_stay_chosen(self, officer: Client) -> None:
        make_event()
        bring(officer, book(["구분", "기업명", "행사", "비고", "비고"], ["업무협약", "솔", "CES 2023", None, "둘째"]))
        columns = {f"column-{n}": key for n, key in enumerate(["kind", "party", "event", "note", "note"])}
        mend(officer, columns="on", **columns)
        apply(officer)
        assert Outcome.objects.get().note == "둘째"

    def test_a_field_that_is_no_cell_changes_nothing(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        assert groups(mend(officer, **{"cell-x": "1", "cell-99-title": "2", "cell-2-nothing": "3"})) == {"new": [2, 3]}


@pytest.mark.django_db
def test_a_colleague_s_change_between_two_steps_is_not_taken_back(officer: Client) -> None:
    make_event()
    rows = [["업무협약", f"협약 {n}", company(n), "CES 2023", "", "", "", ""] for n in range(A_STEP + 5)]
    bring(officer, book(HEADINGS, *rows))
    batch = ImportBatch.objects.get()
    officer.post(f"/imports/{batch.pk}/apply/", {"position": "0"}, headers={"HX-Request": "true"})
    update_outcome(system(), Outcome.objects.get(title="협약 3"), note="동료가 고침")
    officer.post(f"/imports/{batch.pk}/apply/", {"position": str(A_STEP)})
    answer = officer.post(f"/imports/{batch.pk}/undo/", {"position": str(len(rows))}, follow=True)
    assert "그 뒤에 변경된 기록이 있습니다: 협약 3." in answer.content.decode()
    assert Outcome.objects.get(title="협약 3").archived_at is None


@pytest.mark.django_db
def test_what_a_colleague_changes_while_it_is_taken_back_stays(officer: Client) -> None:
    make_event()
    rows = [["업무협약", f"협약 {n}", company(n), "CES 2023", "", "", "", ""] for n in range(A_STEP_BACK + 5)]
    bring(officer, book(HEADINGS, *rows))
    batch = apply_all(officer)
    officer.post(f"/imports/{batch.pk}/undo/", {"position": str(len(rows))}, headers={"HX-Request": "true"})
    update_outcome(system(), Outcome.objects.get(title="협약 3"), note="동료가 고침")
    answer = officer.post(f"/imports/{batch.pk}/undo/", {"position": "5"}, follow=True)
    page = answer.content.decode()
    assert "협약 3: 그 뒤에 변경되어 되돌리지 않았습니다." in page
    assert "되돌리지 않은 행" in page and "적용하지 않은 행" not in page and "이 자료에서 1행을 기록했습니다." in page
    assert list(Outcome.objects.filter(archived_at=None).values_list("title", flat=True)) == ["협약 3"]
    assert ImportBatch.objects.get().state == "undone"


@pytest.mark.django_db
class TestTurningThePages:
    """Every row of every group can be reached, and mended where it stands."""

    @staticmethod
    def of(answer: Any, key: str) -> Any:
        return next(group for group in answer.context["page"].groups if group.key == key)

    def test_each_group_is_turned_by_itself_and_its_count_stays_whole(self, officer: Client) -> None:
        make_event()
        wrong = [["투자협약", f"틀린 {n}", company(n), "없는 행사", "", ""] for n in range(SHOWN + 3)]
        good = [["투자협약", f"협약 {n}", company(n), "CES 2023", "", ""] for n in range(SHOWN + 1)]
        first = bring(officer, book(HEADINGS[:6], *wrong, *good))
        assert (self.of(first, "wrong").count, len(self.of(first, "wrong").rows)) == (SHOWN + 3, SHOWN)
        page = first.content.decode()
        assert page.count('rel="next"') == 2 and 'href="?wrong=2#group-wrong"' in page
        address = f"/imports/{ImportBatch.objects.get().pk}/"
        second = officer.get(address + "?wrong=2")
        assert [row.number for row in self.of(second, "wrong").rows] == [SHOWN + 2, SHOWN + 3, SHOWN + 4]
        assert (self.of(second, "wrong").count, len(self.of(second, "new").rows)) == (SHOWN + 3, SHOWN)
        both = officer.get(address + "?wrong=2&new=2")
        assert [row.number for row in self.of(both, "new").rows] == [2 * SHOWN + 5]
        assert 'href="?wrong=2&amp;new=1#group-new"' in both.content.decode()

    def test_a_cell_far_behind_is_mended_and_the_page_stays_where_it_was(self, officer: Client) -> None:
        make_event()
        wrong = [["투자협약", f"틀린 {n}", company(n), "없는 행사", "", ""] for n in range(SHOWN + 3)]
        bring(officer, book(HEADINGS[:6], *wrong))
        batch = ImportBatch.objects.get()
        page = officer.get(f"/imports/{batch.pk}/?wrong=2").content.decode()
        assert f'name="cell-{SHOWN + 4}-event"' in page and 'name="turned_to" value="wrong=2"' in page
        sent = {"version": batch.version, "turned_to": "wrong=2&next=//x", f"cell-{SHOWN + 4}-event": "CES 2023"}
        answer = officer.post(f"/imports/{batch.pk}/change/", sent, follow=True)
        assert answer.redirect_chain[-1][0] == f"/imports/{batch.pk}/?wrong=2"
        assert [row.number for row in self.of(answer, "wrong").rows] == [SHOWN + 2, SHOWN + 3]

    def test_a_page_that_is_none_is_the_nearest(self, officer: Client) -> None:
        make_event()
        bring(officer, book(HEADINGS, *ROWS))
        for asked in ("0", "99", "x", "9" * 40):
            answer = officer.get(f"/imports/{ImportBatch.objects.get().pk}/?new={asked}")
            assert [row.number for row in self.of(answer, "new").rows] == [2, 3]

    def test_the_rows_that_were_left_are_turned_too(self, officer: Client) -> None:
        make_event()
        wrong = [["투자협약", f"틀린 {n}", company(n), "없는 행사", "", ""] for n in range(SHOWN + 1)]
        bring(officer, book(HEADINGS[:6], *wrong, ROWS[0][:6]))
        batch = apply_all(officer)
        page = officer.get(f"/imports/{batch.pk}/?left=2")
        assert [row.number for row in page.context["page"].left] == [SHOWN + 2] and page.context[
            "page"
        ].rejected == SHOWN + 1
