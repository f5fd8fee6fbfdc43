"""Where the city stands: the same rates as the audit's, and every bar and number leads to entries that add up to it."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from crm.actions import attribution, ledger, org_units, outcomes, targets
from crm.models import OrgUnit
from crm.queries.unit_tree import unit_tree
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, Disclosure, Measure, OutcomeKind, Series, Standing
from crm.values.money import format_number
from reports.figures.dashboard import dashboard
from reports.figures.fulfilment import fulfilment
from reports.figures.trace import Trace, trace
from tests.builders import Cast, figure, make_cast, make_document, make_event, make_outcome, make_unit, system
from tests.golden.audit import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def leader(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.leader, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def varied(cast: Cast) -> None:
    """Two years, kinds, bureaus with divisions, shares, programmes, a yearly rate, what is unconfirmed and closed."""
    bureau = make_unit("경제창업국")
    division: OrgUnit = make_unit("투자유치과", parent_unit=bureau)
    show, fair = make_event(), make_event("MWC", starts_on=date(2023, 2, 27), ends_on=None)
    programme = org_units.record_programme(system(), name="AI 2단계 사업")
    won = {"currency": "KRW"}
    confirmed = {"standing": Standing.CONFIRMED, "lead_unit": division, "event": show}
    made = make_outcome("가", figures=[figure(600, **won)], **confirmed)
    shared = make_outcome("나", figures=[figure(400, **won)], **confirmed)
    make_outcome("다", figures=[figure(50, **won)], **{**confirmed, "lead_unit": cast.unit, "event": None})
    make_outcome("라", kind=OutcomeKind.BUSINESS_MOU, **{**confirmed, "lead_unit": None})
    make_outcome("작년", figures=[figure(70, **won)], signed_on=date(2022, 5, 1), **{**confirmed, "event": None})
    make_outcome("미확인", figures=[figure(9_999, **won)], standing=Standing.UNCONFIRMED, lead_unit=division)
    make_outcome("비공개", figures=[figure(30, **won)], disclosure_level=Disclosure.CLOSED, **confirmed)
    paper = make_document(made, grade=Grade.SIGNED_DOCUMENT)
    told = {"series": Series.REALISED, "evidence_grade": Grade.SIGNED_DOCUMENT, "evidence": paper}
    ledger.post_figure(system(), made, figure(250, **won, **told))
    outcomes.update_outcome(system(), made, outcomes.Circle(programmes=[programme]))
    shared.refresh_from_db()
    parts = [
        attribution.Share(AttributionRole.ORIGINATED, Decimal(60), event=show),
        attribution.Share(AttributionRole.PROGRESSED, Decimal(40), event=fair),
        attribution.Share(AttributionRole.ORIGINATED, Decimal(25), org_unit=cast.unit),
        attribution.Share(AttributionRole.PROGRESSED, Decimal(75), org_unit=bureau),
    ]
    attribution.attribute_outcome(system(), shared, parts)
    said = {"year": 2023, "series": Series.ANNOUNCED, "source": "업무계획"}
    targets.set_target(system(), measure=Measure.COUNT, value=Decimal(10), **said)
    targets.set_target(system(), measure=Measure.MONEY, value=Decimal(2000), currency="KRW", org_unit=bureau, **said)
    targets.set_target(system(), measure=Measure.COUNT, value=Decimal(2), programme=programme, quarter=1, **said)


def test_the_cohorts_are_those_of_the_audit() -> None:
    load()
    now = datetime.now(UTC) + timedelta(seconds=1)
    cut_off = date(2020, 12, 31)
    found = dashboard(2020, cut_off, now, unit_tree()).cohorts
    whole = fulfilment(cut_off, now)
    for index, rate in enumerate(whole.rates):
        known = [cohort.rates[index] for cohort in found]
        assert sum((r.numerator or Decimal(0) for r in known), Decimal(0)) == rate.numerator
        assert sum((r.denominator or Decimal(0) for r in known), Decimal(0)) == rate.denominator
    by_status = {key: sum(dict(cohort.by_status)[key] for cohort in found) for key, _n in whole.by_status}
    assert by_status == dict(whole.by_status)


def shown(leader: Client, panel: str) -> dict[str, list[str]]:
    page = leader.get("/reports/dashboard/?year=2023&whole").context["page"]
    (found,) = (one for one in page.panels if one.key == panel)
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in found.table.rows}


def test_what_falls_to_whom(leader: Client, varied: None) -> None:
    assert shown(leader, "bureaus") == {
        "경제창업국": ["2.75", "1", "+1.8", "930", "–", "250"],
        "인공지능산업국": ["1.25", "0", "+1.3", "150", "–", "–"],
        "귀속 없음": ["1", "0", "+1", "–", "–", "–"],
    }
    assert shown(leader, "events")["CES 2023"][0] == "3.6" and shown(leader, "events")["MWC"][0] == "0.4"
    assert shown(leader, "kinds")["투자협약"][:2] == ["4", "1"]
    assert shown(leader, "programmes") == {"AI 2단계 사업": ["1", "0", "+1", "600", "–", "250"]}


def test_targets_stand_beside_what_was_reached(leader: Client, varied: None) -> None:
    page = leader.get("/reports/dashboard/?year=2023&whole").context["page"]
    (found,) = (one for one in page.panels if one.key == "targets")
    assert sorted([cell.text for cell in row.cells[3:]] for row in found.table.rows) == [
        ["10", "5", "50.0"],
        ["2", "1", "50.0"],
        ["2,000", "930", "46.5"],
    ]


def test_every_bar_and_every_number_leads_to_entries_that_add_up_to_it(leader: Client, varied: None) -> None:
    page = leader.get("/reports/dashboard/?year=2023&whole").context["page"]
    checked = 0
    for panel in page.panels:
        for bar in panel.bars:
            assert leader.get(bar.link).status_code == 200
        for row in panel.table.rows:
            for cell in row.cells:
                if cell.link and panel.key not in ("cohorts", "targets") and cell.text != "–":
                    assert added_up(leader, cell.link) == number(cell.text), (panel.key, row.cells[0].text, cell)
                    checked += 1
                elif cell.link:
                    assert leader.get(cell.link).status_code == 200
    assert checked > 25


def test_the_page_behind_a_bar_says_what_the_bar_says(leader: Client, varied: None, cast: Cast) -> None:
    page = leader.get("/reports/dashboard/?year=2023&whole").context["page"]
    (kinds,) = (panel for panel in page.panels if panel.key == "kinds")
    behind = leader.get(next(bar.link for bar in kinds.bars if bar.name == "투자협약")).context["page"]
    assert re.fullmatch(r"합계 4 · 성과 4건 · 원장 \d+건", behind.told), behind.told
    assert behind.table.caption == "원장 내역" and not behind.table.is_wide
    row = dict(zip([heading for heading, _style in behind.table.headings], behind.table.rows[0].cells, strict=True))
    assert row["기록자"].text == str(system().account)
    assert [name for name, cell in row.items() if cell.link] == ["대상"]


def test_a_sum_that_would_tell_what_is_kept_from_the_reader_is_not_told(cast: Cast, leader: Client) -> None:
    kept = make_outcome("가", figures=[figure(600)], lead_unit=cast.unit, disclosure_level=Disclosure.PARTLY)
    asked = {"from": "2023-01-01", "to": "2023-03-31", "measure": "money", "outcome": str(kept.pk)}
    other = Client()
    other.force_login(cast.outsider, "django.contrib.auth.backends.ModelBackend")
    assert "USD 600" in leader.get("/reports/entries/", asked).context["page"].told
    told = other.get("/reports/entries/", asked).context["page"].told
    assert told.startswith("열람할 수 없는 수치가 있어") and "600" not in told
    counted = other.get("/reports/entries/", {**asked, "measure": "count"}).context["page"].told
    assert counted == "합계 1 · 성과 1건 · 원장 1건"


def test_the_numbers_of_a_target_and_a_cohort_add_up_too(leader: Client, varied: None) -> None:
    page = leader.get("/reports/dashboard/?year=2023&whole").context["page"]
    panels = {panel.key: panel.table for panel in page.panels}
    for row in panels["targets"].rows:
        assert added_up(leader, row.cells[4].link) == number(row.cells[4].text)
    for row in panels["cohorts"].rows:
        for cell in row.cells[2:8]:
            assert added_up(leader, cell.link) == number(cell.text)


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def added_up(leader: Client, link: str) -> Decimal:
    """What the entries of the page add up to, times their shares where these are shown."""
    page = leader.get(link).context["page"]
    query = dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))
    first = date.fromisoformat(query["from"]) if query["from"] else None
    filters = {name: query[name] for name in Trace.FILTERS if name in query}
    found = trace(Trace(first, date.fromisoformat(query["to"]), datetime.fromisoformat(query["as_of"]), filters))
    assert page.told.endswith(f"원장 {len(found.entries)}건")
    total = Decimal(0)
    for entry in found.entries:
        value = entry.krw_value if entry.measure == Measure.MONEY else entry.value
        total += (value or 0) * found.shares.get(entry.outcome_id, Decimal(100)) / 100  # type: ignore[arg-type]
    assert format_number(total) in re.findall(r"[\d,.]+", page.told), (total, page.told)
    return total


def test_an_empty_city_says_so(leader: Client) -> None:
    page = html.unescape(leader.get("/reports/dashboard/?whole").content.decode())
    assert page.count("확정된 성과가 없습니다") + page.count("목표가 없습니다") >= 5


@pytest.mark.parametrize("year", ["2999", "0", "x", "²", "-1", "9" * 40])
def test_a_year_that_is_none_is_refused_clearly(leader: Client, year: str) -> None:
    answer: Any = leader.get("/reports/dashboard/", {"year": year}, follow=True)
    assert answer.status_code == 200 and "연도를 골라" in html.unescape(answer.content.decode())


def test_the_page_takes_the_same_queries_for_much_as_for_little(
    leader: Client, varied: None, django_assert_max_num_queries: Any
) -> None:
    for number_ in range(12):
        make_outcome(f"더 {number_}", standing=Standing.CONFIRMED, lead_unit=make_unit(f"과 {number_}"))
    with django_assert_max_num_queries(12):
        answer = leader.get("/reports/dashboard/?year=2023")
    assert not re.search(r"style=", answer.content.decode())
