"""A long preview is turned without comparing all of it again, and never shows what is not so any more."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.actions.outcomes import update_outcome
from crm.importing.comparing import compare
from crm.importing.previewing import outline_of, preview
from crm.models import ImportBatch, Outcome
from crm.values.imports import RowGroup
from crm.values.measures import OutcomeKind, PartyRole
from tests.builders import Cast, make_event, make_organisation, make_outcome, system
from tests.crm.importing.sheets import HEADINGS, apply, book, bring, company, groups, mend, row

SIGNED = date(2023, 1, 7)
pytestmark = pytest.mark.django_db(transaction=True)


def counts(answer: Any) -> dict[str, int]:
    return {group.key: group.count for group in answer.context["page"].groups}


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_a_turned_page_asks_the_record_about_its_own_rows(officer: Client) -> None:
    make_event()
    content = book(HEADINGS, *(row(number) for number in range(1600)))
    address = officer.post("/imports/", {"file": SimpleUploadedFile("명단.xlsx", content)})["Location"]
    first, second = (queries_of(officer, f"{address}?new={page}") for page in (1, 2))
    assert second + 8 <= first
    assert counts(officer.get(f"{address}?new=3")) == {"new": 1600}


def test_what_a_colleague_records_meanwhile_is_counted_on_the_next_page(officer: Client) -> None:
    address = bring(officer, book(HEADINGS, *(row(number) for number in range(60)))).redirect_chain[-1][0]
    assert counts(officer.get(f"{address}?new=2")) == {"new": 60}
    there = make_outcome(
        "3호 협약",
        kind=OutcomeKind.BUSINESS_MOU,
        parties=[(make_organisation(company(3)), PartyRole.PARTNER)],
        signed_on=SIGNED,
    )
    answer = officer.get(f"{address}?new=2")
    assert counts(answer) == {"new": 59, "unchanged": 1} and groups(answer)["unchanged"] == [5]
    update_outcome(system(), there, version=there.version, title="다른 협약")
    assert counts(officer.get(f"{address}?new=2")) == {"new": 59, "duplicate": 1}


def test_a_row_that_says_again_what_an_unseen_one_says_is_still_wrong(officer: Client) -> None:
    content = book(HEADINGS, *(row(number) for number in range(60)), row(0, 비고="다시"))
    address = bring(officer, content).redirect_chain[-1][0]
    for page in (1, 2, 1):
        answer = officer.get(f"{address}?new={page}")
        (group,) = [group for group in answer.context["page"].groups if group.key == "wrong"]
        (wrong,) = group.rows
        assert wrong.number == 62 and [cell.error for cell in wrong.cells if cell.error] == ["2행과 같은 성과입니다."]
        assert counts(answer) == {"wrong": 1, "new": 60}
    apply(officer)
    assert Outcome.objects.count() == 60


def test_a_mended_row_is_in_its_new_group_at_once(officer: Client) -> None:
    rows = [row(number) for number in range(59)]
    address = bring(officer, book(HEADINGS, *rows, row(59, 체결일="2023-01-32"))).redirect_chain[-1][0]
    assert counts(officer.get(f"{address}?new=2")) == {"wrong": 1, "new": 59}
    assert counts(mend(officer, **{"cell-61-signed_on": "2023-01-31", "turned_to": "new=2"})) == {"new": 60}
    assert groups(officer.get(f"{address}?new=2"))["new"][-1] == 61


def test_an_outline_of_an_earlier_time_is_made_anew(officer: Client, cast: Cast) -> None:
    bring(officer, book(HEADINGS, row(0), row(1)))
    batch, today = ImportBatch.objects.get(), timezone.localdate()
    earlier = outline_of(compare(batch, today, cast.officer))
    company_there = (make_organisation(company(1)), PartyRole.PARTNER)
    make_outcome("1호 협약", kind=OutcomeKind.BUSINESS_MOU, parties=[company_there], signed_on=SIGNED)
    found = preview(batch, today, cast.officer, earlier, lambda outline: outline.lines(RowGroup.NEW))
    assert found.outline.groups == {2: RowGroup.NEW, 3: RowGroup.UNCHANGED}
    assert found.rows[3].group == RowGroup.UNCHANGED
