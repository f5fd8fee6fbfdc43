"""Who took part: narrowed in words, with chosen columns, as a file; recorded once; supported twice is marked."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.actions.events import record_participation
from crm.models import Event, Participation
from tests.builders import Cast, make_event, make_organisation, system

Text = Callable[[Any], str]
Fields = Callable[[Any], dict[str, str]]


@pytest.fixture
def shows(cast: Cast) -> tuple[Event, Event]:
    ces, mwc = make_event(), make_event("MWC 2023", ends_on=None)
    sol = make_organisation("㈜솔", region="광주")
    for event in (ces, mwc):
        record_participation(system(), event=event, organisation=sol, supported_by_city=True)
    other = {"pavilion": "korea_pavilion", "supported_by_city": False}
    record_participation(system(), event=ces, organisation=make_organisation("@가나다"), **other)
    return ces, mwc


def listed(client: Client, **query: Any) -> list[tuple[str, str]]:
    page = client.get("/participations/", query).context["page"]
    return [(line.main.text, line.cells[0].text) for line in page.lines]


def test_it_is_narrowed_sorted_and_said_in_words(officer: Client, shows: Any) -> None:
    ces, _mwc = shows
    assert len(listed(officer)) == 3
    assert listed(officer, event=str(ces.pk), sort="organisation") == [("@가나다", "CES 2023"), ("㈜솔", "CES 2023")]
    assert {name for name, _event in listed(officer, q="솔")} == {"㈜솔"}
    page = officer.get("/participations/", {"pavilion": "korea_pavilion", "q": "가나다"}).context["page"]
    words = [word.text for word in page.filters.words]
    assert len(words) == 2 and words[0].endswith(": 가나다") and words[1].endswith("통합한국관")
    assert [line.main.text for line in page.lines] == ["@가나다"]


def test_the_same_exhibitor_supported_twice_is_marked(officer: Client, shows: Any) -> None:
    page = officer.get("/participations/", {"support": "twice"}).context["page"]
    assert [(line.main.text, line.mark.text) for line in page.lines] == [("㈜솔", "같은 해 중복 지원")] * 2
    assert officer.get("/participations/?q=가나다").context["page"].lines[0].mark is None


def test_the_file_has_what_the_list_has(officer: Client, shows: Any) -> None:
    query = {"q": "가나다", "columns": ["event", "region"], "format": "xlsx"}
    answer = officer.get("/participations/export/", query)
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    cells = [cell for row in rows for cell in row if cell]
    assert "@가나다" in cells and "CES 2023" in cells and "㈜솔" not in cells
    csv = officer.get("/participations/export/", {**query, "format": "csv"}).content.decode("utf-8-sig")
    assert "가나다" in csv and "지원 금액" not in csv
    assert officer.get("/participations/export/?format=exe").status_code == 404


def test_filters_are_kept_under_a_name(officer: Client, shows: Any, text: Text) -> None:
    sent = {"place": "participations", "query": "support=twice", "name": "중복 지원"}
    officer.post("/filters/", sent)
    assert "중복 지원" in text(officer.get("/participations/"))


def test_one_is_recorded_once_changed_and_not_overwritten(
    officer: Client, shows: Any, fields: Fields, text: Text
) -> None:
    ces, _mwc = shows
    make_organisation("벤텍프런티어")
    form = fields(officer.get(f"/participations/new/?event={ces.pk}"))
    sent = {
        **form,
        "event": str(ces.pk),
        "organisation": "벤텍프런티어",
        "amount": "3백만원",
        "supported_by_city": "true",
    }
    for _twice in range(2):
        assert officer.post("/participations/new/", sent)["Location"] == f"/events/{ces.pk}/"
    found = Participation.objects.get(organisation__name="벤텍프런티어")
    assert (found.support_amount, found.support_currency) == (3_000_000, "KRW")
    again = {**sent, "id": fields(officer.get("/participations/new/"))["id"]}
    assert "이미" in text(officer.post("/participations/new/", again))

    edit = fields(officer.get(f"/participations/{found.pk}/"))
    assert edit["amount"] == "KRW 3,000,000" and edit["organisation"] == "벤텍프런티어"
    assert officer.post(f"/participations/{found.pk}/", {**edit, "products": "살균기"}).status_code == 302
    assert officer.post(f"/participations/{found.pk}/", {**edit, "products": "다른 것"}).status_code == 200
    found.refresh_from_db()
    assert found.products == "살균기"


def test_leadership_reads_and_changes_nothing(leader: Client, shows: Any) -> None:
    found = Participation.objects.first()
    assert found is not None
    assert leader.get(f"/participations/{found.pk}/").status_code == 200
    assert leader.post(f"/participations/{found.pk}/", {}).status_code == 403
    assert leader.get("/participations/new/").status_code == 403


def test_many_take_no_more_queries(officer: Client, shows: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(9):
        record_participation(system(), event=shows[0], organisation=make_organisation(f"기업 번호 {number}"))
    with django_assert_max_num_queries(12):
        assert officer.get("/participations/").status_code == 200
