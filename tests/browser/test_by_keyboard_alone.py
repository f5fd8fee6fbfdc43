"""By keyboard alone, what an officer writes: sign-in, an outcome with its company, figures and evidence, stages, the
archive, a sheet; and where the focus goes when a form is refused or a part of a page comes late."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from crm.actions.outcomes import update_outcome
from crm.models import Document, LedgerEntry, Organisation, OrgUnit, Outcome
from crm.values.measures import Measure, Series
from tests.browser.keyboard import Keyboard
from tests.browser.test_import import book
from tests.builders import make_organisation, system


@pytest.fixture
def keys(page: Page, site: str) -> Keyboard:
    return Keyboard(page, site)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "계약서.pdf"
    file.write_bytes(b"%PDF-1.4")
    return file


def test_an_outcome_is_recorded_with_a_company_found_while_typing_and_edited(keys: Keyboard, paper: Path) -> None:
    keys.sign_in("officer")
    keys.press("n")
    keys.lands_on("성과 기록")
    keys.choose("유형", "구매의향서")
    keys.write("제목", "빛고을 납품 계약")
    keys.choose("행사", "CES 2023")
    keys.day("체결일", "01062023")
    keys.write("기업·기관", "벤텍")
    expect(keys.page.locator("#organisation-names option")).to_have_count(1)
    # The browser's own list of offers is drawn outside the page, where no test can look: what it offers is typed.
    assert keys.page.locator("#organisation-names option").get_attribute("value") == "㈜벤텍프런티어"
    keys.page.keyboard.type("프런티어")
    keys.choose("역할", "수출기업")
    keys.write("금액", "1천만 달러")
    expect(keys.page.locator("#amount-echo")).to_contain_text("USD 10,000,000")
    keys.pick("총액")
    keys.write("출처", "계약서 사본")
    keys.choose("증빙 등급", "서명 문서")
    keys.upload("파일", paper)
    keys.deed("저장")
    keys.lands_on("빛고을 납품 계약")
    made = Outcome.objects.get(title="빛고을 납품 계약")
    assert made.parties.get().organisation == Organisation.objects.get(key="벤텍프런티어")
    assert (made.documents.count(), made.entries.get(measure=Measure.MONEY).value) == (1, 10_000_000)

    assert keys.focused().name == "" and not keys.is_lost()  # at the message, in the content
    keys.follow("수정")
    keys.lands_on("성과 수정")
    keys.write("제목", "빛고을 납품 계약(변경)")
    keys.write("향후계획", "선적 일정 확인")
    keys.deed("저장")
    keys.lands_on("빛고을 납품 계약(변경)")
    assert Outcome.objects.get(pk=made.pk).next_steps == "선적 일정 확인"


def test_figure_evidence_realised_value_and_a_step(keys: Keyboard, paper: Path) -> None:
    outcome = Outcome.objects.get(code="o2-sol")
    unit = OrgUnit.objects.get(code="ai-industry").current(timezone.localdate())
    update_outcome(system(), outcome, version=outcome.version, lead_unit=unit)  # what the step requires besides
    keys.sign_in("officer", f"/outcomes/{outcome.pk}/", outcome.title)
    keys.skip_to_content()
    keys.follow("수치 기록")
    keys.lands_on("수치 기록")
    keys.write("금액 또는 인원", "50억원")
    keys.pick("총액")
    keys.choose("계열", "협약·발표")
    keys.day("기준일자", "01072023")
    keys.write("출처", "협약서 제3조")
    keys.deed("저장")
    keys.lands_on(outcome.title)
    assert outcome.entries.get(measure=Measure.MONEY).value == 5_000_000_000

    keys.follow("증빙 첨부")
    keys.lands_on("증빙 첨부")
    keys.write("제목", "투자협약서")
    keys.choose("증빙 등급", "서명 문서")
    keys.upload("파일", paper)
    keys.deed("저장")
    keys.lands_on(outcome.title)
    assert Document.objects.get(title="투자협약서").file

    keys.follow("실적 등록")
    keys.lands_on("실적 등록")
    keys.write("금액 또는 인원", "30억원")
    keys.day("실현일", "03012024")
    keys.choose("증빙 등급", "공적 기록")
    keys.write("문서번호", "투자이행 확인서 제1호")
    keys.write("출처", "담당자 확인")
    keys.deed("저장")
    keys.lands_on(outcome.title)
    realised = outcome.entries.get(measure=Measure.MONEY, series=Series.REALISED)
    assert realised.evidence is not None and realised.evidence.document_number == "투자이행 확인서 제1호"

    keys.follow("단계 이동 기록")
    keys.lands_on("단계 이동 기록")
    keys.choose("추진단계", "투자이행")
    keys.day("단계 변경일", "03022024")
    keys.deed("단계 이동")
    keys.lands_on(outcome.title)
    outcome.refresh_from_db()
    assert outcome.stage == "invested"


def test_an_outcome_goes_into_the_archive_and_comes_back(keys: Keyboard) -> None:
    outcome = Outcome.objects.get(code="o4-estv")
    keys.sign_in("admin", f"/outcomes/{outcome.pk}/", outcome.title)
    keys.put_away_and_bring_back(outcome, archive="보관함")


def test_a_sheet_is_read_mended_applied_and_taken_back(keys: Keyboard, tmp_path: Path) -> None:
    sheet = tmp_path / "성과.xlsx"
    sheet.write_bytes(book())
    keys.sign_in("officer")
    keys.go("o", "성과")
    keys.skip_to_content()
    keys.follow("엑셀 가져오기")
    keys.lands_on("엑셀 가져오기")
    keys.upload("엑셀 또는 CSV 파일", sheet)
    keys.deed("파일 읽기")
    keys.lands_on("성과.xlsx")
    expect(keys.page.get_by_text("2행 중 1행을 기록합니다.")).to_be_visible()
    keys.write("체결일 4", "2023-01-31")
    keys.deed("고치고 다시 보기")
    expect(keys.page.get_by_text("2행 중 2행을 기록합니다.")).to_be_visible()
    keys.deed("2행 적용")
    expect(keys.page.get_by_text("이 자료에서 2행을 기록했습니다.")).to_be_visible()
    assert Outcome.objects.filter(title="전장부품 투자협약", archived_at=None).exists()
    keys.deed("모두 되돌리기")
    expect(keys.page.get_by_text("이 자료에서 0행을 기록했습니다.")).to_be_visible()
    assert not Outcome.objects.filter(title="전장부품 투자협약", archived_at=None).exists()


# --- Where the focus goes


def test_a_refused_form_puts_the_focus_where_it_says_what_is_wrong(keys: Keyboard) -> None:
    make_organisation("빛고을바이오텍")
    keys.sign_in("officer", "/outcomes/new/", "성과 기록")
    keys.write("기업·기관", "빛고을바이오택")
    keys.write("금액", "많이")
    keys.deed("저장")
    expect(keys.page.get_by_role("alert")).to_be_focused()
    keys.sees_focus()
    told = keys.page.get_by_role("alert").get_by_role("link").all_inner_texts()
    assert told == ["유형", "제목", "금액", "출처", "기업·기관", "역할"]
    keys.follow("금액")
    amount = keys.page.locator("#id_amount")
    expect(amount).to_be_focused()
    expect(amount).to_have_attribute("aria-invalid", "true")
    for field in ("#id_amount", "#id_title", "#id_source", "#id_parties-0-name", "#id_parties-0-role"):
        said = keys.page.locator(field).get_attribute("aria-describedby") or ""
        assert f"{field[1:]}_error" in said.split(), field
        expect(keys.page.locator(f"{field}_error")).to_be_visible()


def test_a_wrong_password_is_said_where_the_focus_is(keys: Keyboard) -> None:
    keys.page.goto(f"{keys.site}/login/")
    keys.write("사용자 이름", "officer", here=True)
    keys.write("비밀번호", "not-the-password")
    keys.press("Enter")
    expect(keys.page.get_by_role("alert")).to_be_focused()
    keys.write("비밀번호", "a-long-demo-password")
    keys.press("Enter")
    keys.lands_on("오늘")


def test_a_part_that_comes_late_does_not_throw_the_reader_back_to_the_top(keys: Keyboard) -> None:
    outcome = Outcome.objects.get(code="o2-sol")
    held: list[Route] = []
    keys.page.route("**/outcomes/*/history/", lambda route: held.append(route))
    keys.page.goto(f"{keys.site}/login/?next=/outcomes/{outcome.pk}/")
    keys.write("사용자 이름", "officer", here=True)
    keys.write("비밀번호", "a-long-demo-password")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text(outcome.title)
    expect(keys.page.locator(".later")).to_have_count(1)
    keys.to("보기")  # of the history, which is on its way
    assert len(held) == 1
    held[0].continue_()
    expect(keys.page.locator(".later")).to_have_count(0)
    expect(keys.page.get_by_role("heading", name="변경 이력")).to_be_focused()


def test_a_message_after_a_deed_has_the_focus_and_the_next_tab_is_in_the_content(keys: Keyboard) -> None:
    keys.sign_in("officer")
    keys.day("기한", "01052027")
    keys.deed("내가 맡기")
    expect(keys.page.locator(".messages")).to_be_focused()
    keys.sees_focus()
    keys.to("되돌리기", most=1)
    keys.to("부스 기록", most=1)


def test_reading_a_record_changes_nothing(keys: Keyboard) -> None:
    """Walking over a page of forms with Tab alone sends nothing."""
    before = LedgerEntry.objects.count()
    keys.sign_in("officer")
    keys.to("내 일정표", most=120)
    assert LedgerEntry.objects.count() == before
