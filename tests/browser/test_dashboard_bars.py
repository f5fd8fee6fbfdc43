"""The leaders' dashboard: every bar leads to what it counts, and the table beside it says the same numbers."""

import re
from dataclasses import dataclass
from decimal import Decimal

from playwright.sync_api import Locator, Page, expect

from crm.actions.targets import set_target
from crm.models import Event, Outcome
from crm.values.measures import AttributionRole, Measure, OutcomeKind, Series
from tests.browser.conftest import PASSWORD
from tests.builders import system
from tests.builders_figures import divide

PANELS = ("cohorts", "targets", "kinds", "bureaus", "programmes", "events")


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    text: str
    address: str


def rows_of(table: Locator) -> list[dict[str, str]]:
    headings = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    rows = [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
    return [dict(zip(headings, (cell.strip() for cell in cells), strict=True)) for cells in rows]


def bars_of(panel: Locator) -> list[Bar]:
    lines = panel.locator(".bars > li")
    assert lines.locator("> a[href]").count() == lines.count() == panel.locator("svg.bar").count()
    return [
        Bar(
            line.locator(".bar-name").inner_text(),
            line.locator(".bar-text").inner_text(),
            line.get_attribute("href") or "",
        )
        for line in lines.locator("> a").all()
    ]


def sum_behind(page: Page, address: str) -> Decimal:
    """What the page behind a bar says that its entries add up to; it says too how many entries there are."""
    page.goto(address)
    told = page.locator("main > p > strong").inner_text()
    said = re.fullmatch(r"합계 ([\d,.]+) · 성과 \d+건 · 원장 (\d+)건", told)
    assert said is not None, told
    rows = page.locator("main table").first.locator("tbody tr")
    assert rows.count() == int(said[2]), told
    frame = page.locator("main .table-scroll").first
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth"), "columns are cut"
    return Decimal(said[1].replace(",", ""))


def test_every_bar_leads_to_what_it_counts_and_the_table_says_the_same(page: Page, site: str) -> None:
    ces, trip = Event.objects.get(name="CES 2023"), Event.objects.get(name="CES 2023 미국 출장")
    known = Outcome.objects.get(code="o3-ventech")
    divide(known, (ces, AttributionRole.SIGNED_AT, 60), (trip, AttributionRole.ORIGINATED, 40))
    set_target(
        system(), year=2023, measure=Measure.COUNT, kind=OutcomeKind.BUSINESS_MOU, series=Series.ANNOUNCED, value=Decimal(3),
        source="2023년 업무계획",
    )  # fmt: skip
    page.goto(f"{site}/login/?next=/reports/dashboard/?year=2023")
    page.get_by_label("사용자 이름").fill("leader")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_label("비밀번호").press("Enter")
    expect(page.locator(".panel")).to_have_count(len(PANELS))
    shown = {key: page.locator(f".panel:has(#panel-{key})") for key in PANELS}
    bars = {key: bars_of(panel) for key, panel in shown.items()}
    tables = {key: rows_of(panel.locator("table")) for key, panel in shown.items()}
    assert all(bars.values()), bars
    page.get_by_role("button", name="English").click()
    expect(page.locator(".panel")).to_have_count(len(PANELS))
    english = {key: [bar.text for bar in bars_of(page.locator(f".panel:has(#panel-{key})"))] for key in PANELS}
    assert english == {key: [bar.text for bar in found] for key, found in bars.items()}
    page.get_by_role("button", name="한국어").click()

    for key in PANELS:
        for bar, row in zip(bars[key], tables[key], strict=False):
            told = [*row.values()]
            behind = sum_behind(page, site + bar.address)
            if key == "cohorts":
                by_number, stages = told[-3], told[2:-3]
                assert bar.name.startswith(told[0]) and bar.text == f"{by_number}%"
                assert behind == sum(int(number) for number in stages if number != "–"), bar
            elif key == "targets":
                target, actual, percent = told[3:6]
                assert bar.text == f"{percent}%" and behind == Decimal(actual), bar
                assert bar.text == f"{round(behind / Decimal(target) * 100, 1)}%"
            else:
                assert (bar.name, Decimal(bar.text)) == (told[0], Decimal(row["2023"])), bar
                assert behind == Decimal(bar.text), bar
    assert {bar.text for bar in bars["events"]} == {"2.6", "3.4"}
