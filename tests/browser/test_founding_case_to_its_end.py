"""The founding case walked to its end in a browser, with the report's numbers after every step: a first yearly figure
with customs evidence, an MOU through the concurrence of two units to its investment, a withdrawal with its reason."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from crm.models import OrgUnit, Outcome
from tests.browser.people import sign_in

LEAD, FIRST, SECOND = "ai-industry", "economy-startup", "climate-environment"


class Walk:
    """One person at a time in one browser; addresses by the founding case's own codes."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def as_(self, username: str) -> None:
        sign_in(self.page, self.site, username)

    def outcome(self, code: str, below: str = "") -> None:
        pk = Outcome.objects.get(code=code).pk
        self.page.goto(f"{self.site}/outcomes/{pk}/{below}")

    def save(self, button: str = "저장") -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.locator(".notice.error")).to_have_count(0)

    def led_by(self, code: str, *cooperating: str) -> None:
        """Names the lead unit and the cooperating units on the edit form."""
        self.outcome(code, "edit/")
        self.page.locator("#id_lead_unit").select_option(str(_now(LEAD).pk))
        for unit in cooperating:
            self.page.locator(f"input[name=cooperating_units][value='{_now(unit).pk}']").check()
        self.save()

    def step(self, code: str, stage: str, day: str, reason: str = "") -> None:
        self.outcome(code, f"steps/new/?stage={stage}")
        self.page.locator("#id_taken_on").fill(day)
        if reason:
            self.page.locator("#id_reason").fill(reason)
        self.page.locator("main form button[type=submit]").first.click()

    def realise(self, code: str, amount: str, day: str, number: str, **more: str) -> None:
        self.outcome(code, "realisations/new/")
        self.page.locator("#id_amount").fill(amount)
        self.page.locator("#id_value_date").fill(day)
        self.page.locator("#id_grade").select_option("official_record")
        self.page.locator("#id_document_number").fill(number)
        self.page.locator("#id_source").fill("담당자 확인")
        for name, value in more.items():
            self.page.locator(f"#id_{name}").fill(value)
        self.page.locator("main form button[type=submit]").first.click()
        expect(self.page.locator(".notice.error")).to_have_count(0)

    def report(self, quarter: str) -> Locator:
        self.page.goto(f"{self.site}/reports/quarterly/?period={quarter}")
        return self.page.locator("main")

    def row(self, table: str, *texts: str) -> Locator:
        found = self.page.locator(f"#{table} tbody tr")
        for text in texts:
            found = found.filter(has_text=text)
        return found


def _now(code: str) -> OrgUnit:
    return OrgUnit.objects.get(code=code).current(timezone.localdate())


@pytest.fixture
def walk(page: Page, context: BrowserContext, site: str) -> Walk:
    return Walk(page, site)


def numbers(row: Locator) -> list[str]:
    return [re.sub(r"\s+", " ", text).strip() for text in row.locator("td").all_inner_texts()]


def test_a_first_yearly_figure_with_customs_evidence(walk: Walk) -> None:
    walk.as_("officer")
    walk.led_by("o3-ventech")
    walk.outcome("o3-ventech")
    expect(walk.page.get_by_text("증빙이 있는 실적").first).to_be_visible()
    walk.step("o3-ventech", "delivering", "2024-01-10")
    expect(walk.page.get_by_text("증빙이 있는 실적").first).to_be_visible()
    assert Outcome.objects.get(code="o3-ventech").stage == "signed"

    walk.realise("o3-ventech", "980만 달러", "2023-12-31", "수출신고필증 제2023-1호", for_year="2023")
    walk.step("o3-ventech", "delivering", "2024-01-10")
    assert Outcome.objects.get(code="o3-ventech").stage == "delivering"
    walk.report("2023Q4")
    expect(walk.row("quarter_money", "수출계약", "9,800,000")).to_have_count(1)
    walk.report("2023Q1")
    expect(walk.row("quarter_money", "수출계약", "10,000,000")).to_have_count(1)
    expect(walk.row("quarter_stages", "수출계약", "납품 중")).to_have_count(1)
    expect(walk.row("quarter_stages", "수출계약", "체결")).to_have_count(0)


def test_an_mou_through_the_concurrence_of_two_units_to_its_investment(walk: Walk) -> None:
    walk.as_("officer")
    walk.report("2023Q1")
    assert numbers(walk.row("quarter_counts", "투자협약"))[1:4] == ["1", "0", "0"]
    walk.led_by("o2-sol", FIRST, SECOND)
    expect(walk.page.get_by_text("잠정").first).to_be_visible()
    walk.report("2023Q1")
    assert numbers(walk.row("quarter_counts", "투자협약"))[1:4] == ["0", "1", "0"]

    for username, answer in (("teamlead", "agree"), ("teamlead2", "agree_with_conditions")):
        walk.as_(username)
        walk.page.goto(f"{walk.site}/concurrences/")
        walk.page.get_by_role("link", name="㈜솔").first.wait_for()
        walk.page.get_by_role("link", name=re.compile("회신")).first.click()
        walk.page.locator(f"input[name=answer][value={answer}]").check()
        walk.page.locator("[name=opinion]").fill("연구소 부지 협의를 조건으로 함")
        walk.page.locator("main form button[type=submit]").last.click()
        expect(walk.page.locator(".notice.error")).to_have_count(0)
    walk.as_("officer")
    walk.report("2023Q1")
    assert numbers(walk.row("quarter_counts", "투자협약"))[1:4] == ["1", "0", "0"]

    walk.step("o2-sol", "invested", "2024-03-02")
    expect(walk.page.get_by_text("증빙이 있는 실적").first).to_be_visible()
    walk.realise("o2-sol", "30억 원", "2024-03-01", "투자이행 확인서 제1호")
    walk.step("o2-sol", "invested", "2024-03-02")
    assert Outcome.objects.get(code="o2-sol").stage == "invested"
    walk.report("2024Q1")
    rates = numbers(walk.row("fulfilment_rates", "건수"))
    assert rates[1:4] == ["1", "1", "100.0"]
    expect(walk.row("fulfilment_status", "투자이행")).to_contain_text("1")
    expect(walk.row("quarter_money", "투자협약", "3,000,000,000")).to_have_count(1)


def test_a_withdrawal_with_its_reason(walk: Walk) -> None:
    walk.as_("officer")
    walk.led_by("o4-estv")
    walk.step("o4-estv", "withdrawn", "2023-05-02")
    expect(walk.page.locator("#id_reason")).to_have_attribute("aria-invalid", "true")
    walk.step("o4-estv", "withdrawn", "2023-05-02", "상대 기업이 대회 개최를 취소함")
    walk.outcome("o4-estv")
    expect(walk.page.get_by_text("상대 기업이 대회 개최를 취소함").first).to_be_visible()
    walk.report("2023Q1")
    expect(walk.row("quarter_stages", "업무협약", "철회")).to_have_count(1)
    page = f"{walk.site}/reports/quarterly/?period=2023Q1&as_of=2023-03-31"
    walk.page.goto(page)
    expect(walk.row("quarter_stages", "업무협약", "철회")).to_have_count(0)
