"""Drafts from the booth: each becomes one outcome that is not confirmed yet, or nothing and a reason."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from uuid_utils.compat import uuid7

from crm.actions import organisations, outcomes
from crm.actions.merges import merge_organisations
from crm.models import Document, LedgerEntry, Organisation, Outcome
from crm.values.evidence import Grade
from crm.values.measures import Basis, Disclosure, Measure, OutcomeKind, PartyRole, Series, Standing
from crm.web.pages import booth
from tests.builders import Cast, make_cast, make_event, make_organisation, make_outcome, system

SEND = "/booth/drafts/"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 60
SignIn = Callable[..., Client]


def photo(content: bytes = JPEG, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture
def draft(cast: Cast) -> dict[str, Any]:
    """What the officer's phone sends for the contract of the founding case."""
    return {
        "id": str(uuid7()),
        "account": str(cast.officer.pk),
        "who": "벤텍프런티어",
        "choice": "",
        "kind": "export_contract",
        "what": "",
        "amount": "연간 1천만 달러",
        "event": str(make_event().pk),
        "day": "2023-01-06",
        "made": "2023-01-06T23:05:00.000Z",
    }


def other(draft: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**draft, "id": str(uuid7()), **changes}


def test_three_fields_become_an_outcome_that_is_not_confirmed(
    cast: Cast, officer: Client, draft: dict[str, Any]
) -> None:
    company = make_organisation("㈜벤텍프런티어")

    answer = officer.post(SEND, draft)

    assert answer.status_code == 201
    outcome = Outcome.objects.get()
    assert answer.json() == {
        "state": "recorded", "already": False, "title": "㈜벤텍프런티어 수출계약",
        "address": f"/outcomes/{outcome.pk}/", "understood": "USD 10,000,000 (1,000만 달러) · 연간",
    }  # fmt: skip
    assert str(outcome.pk) == draft["id"]
    assert (outcome.standing, outcome.lead_unit, outcome.signed_on) == (
        Standing.UNCONFIRMED, cast.unit, date(2023, 1, 6),
    )  # fmt: skip
    assert [(p.organisation, p.role) for p in outcome.parties.all()] == [(company, PartyRole.EXPORTER)]
    money = outcome.entries.get(measure=Measure.MONEY)
    assert (money.value, money.currency, money.basis, money.series) == (
        10_000_000, "USD", Basis.ANNUAL, Series.COMMITTED,
    )  # fmt: skip
    assert (money.source, money.evidence_grade, money.recorded_by) == ("현장 기록(부스)", Grade.VERBAL, cast.officer)


def test_when_it_was_written_stays_with_it(officer: Client, draft: dict[str, Any], cast: Cast) -> None:
    from django.utils import timezone

    made = timezone.now().isoformat()
    officer.post(SEND, {**draft, "made": made})
    officer.post(SEND, other(draft, made="1970-01-01T00:00:00Z", is_another="on"))
    notes = [bool(o.note) for o in Outcome.objects.order_by("created_at", "id")]
    assert notes == [True, False]  # a phone whose clock is wrong says nothing


@pytest.mark.parametrize(("day", "signed"), [("2023-01-08", date(2023, 1, 8)), ("2023-01-09", None), ("", None)])
def test_only_a_day_of_the_event_is_a_day_of_signing(
    officer: Client, draft: dict[str, Any], day: str, signed: date | None
) -> None:
    assert officer.post(SEND, {**draft, "day": day}).status_code == 201
    assert Outcome.objects.get().signed_on == signed


@pytest.mark.parametrize(
    ("kind", "role"), [("investment_mou", "investor"), ("business_mou", "partner"), ("purchase_loi", "exporter")]
)
def test_who_is_party_in_the_role_of_the_kind(officer: Client, draft: dict[str, Any], kind: str, role: str) -> None:
    officer.post(SEND, {**draft, "kind": kind})
    assert Outcome.objects.get().parties.get().role == role


def test_a_few_words_are_the_title(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, {**draft, "what": "공기살균기 500대 납품"})
    assert Outcome.objects.get().title == "벤텍프런티어 공기살균기 500대 납품"


def test_the_photo_is_evidence(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, {**draft, "photo": photo()})
    document, money = Document.objects.get(), LedgerEntry.objects.get(measure=Measure.MONEY)
    assert (document.media_type, document.grade, money.evidence) == ("image/jpeg", Grade.VERBAL, document)


def test_the_photo_of_the_signed_paper_is_that(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, {**draft, "photo": photo(), "is_signed": "on"})
    assert Document.objects.get().grade == Grade.SIGNED_DOCUMENT
    assert Outcome.objects.get().standing == Standing.UNCONFIRMED


def test_the_word_for_a_signed_paper_needs_its_photo(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, {**draft, "is_signed": "on"})
    assert LedgerEntry.objects.get(measure=Measure.MONEY).evidence_grade == Grade.VERBAL


# --- Exactly once


def test_sent_twice_it_is_one_record(officer: Client, draft: dict[str, Any]) -> None:
    first = officer.post(SEND, {**draft, "photo": photo()})
    second = officer.post(SEND, {**draft, "photo": photo()})
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["already"] and second.json()["address"] == first.json()["address"]
    assert (Outcome.objects.count(), Organisation.objects.count(), Document.objects.count()) == (1, 1, 1)
    assert LedgerEntry.objects.count() == 2


def test_sent_again_after_the_record_went_on_it_is_still_the_same(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, draft)
    outcome = Outcome.objects.get()
    outcomes.update_outcome(system(), outcome, title="다시 지은 제목", kind=OutcomeKind.ONSITE_CONTRACT)
    organisations.update_organisation(system(), Organisation.objects.get(), name="새 이름")
    answer = officer.post(SEND, {**draft, "choice": str(Organisation.objects.get().pk)})
    assert (answer.status_code, Outcome.objects.get().title) == (200, "다시 지은 제목")


@pytest.mark.parametrize(
    "change",
    [
        {"amount": "2천만 달러"},
        {"amount": ""},
        {"kind": "onsite_contract"},
        {"what": "다른 내용"},
        {"who": "다른 기업"},
    ],
)
def test_what_was_changed_after_it_had_arrived_does_not_vanish(
    officer: Client, draft: dict[str, Any], change: dict[str, str]
) -> None:
    officer.post(SEND, draft)
    answer = officer.post(SEND, {**draft, **change})
    assert (answer.status_code, answer.json()["reason"]) == (409, "changed")
    assert answer.json()["address"] == f"/outcomes/{draft['id']}/"
    assert Outcome.objects.count() == 1


def test_a_photo_that_was_added_after_it_had_arrived_does_not_vanish(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, draft)
    answer = officer.post(SEND, {**draft, "photo": photo()})
    assert (answer.status_code, answer.json()["reason"]) == (409, "changed")


def test_somebody_elses_id_answers_for_nobody_else(cast: Cast, draft: dict[str, Any], signed_in: SignIn) -> None:
    signed_in(cast.officer).post(SEND, draft)
    Outcome.objects.get()
    answer = signed_in(cast.outsider).post(SEND, {**draft, "account": str(cast.outsider.pk)})
    assert (answer.status_code, answer.json()["reason"]) == (409, "changed")


@pytest.mark.django_db(transaction=True)
def test_four_sendings_at_once_make_one_record(signed_in: SignIn) -> None:
    cast = make_cast()
    sent = {
        "id": str(uuid7()), "account": str(cast.officer.pk), "who": "새 기업", "kind": "business_mou",
        "event": str(make_event().pk), "amount": "5억원",
    }  # fmt: skip
    clients = [signed_in(cast.officer) for _ in range(4)]

    def send(client: Client) -> int:
        try:
            return client.post(SEND, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, clients)) == [200, 200, 200, 201]
    assert (Outcome.objects.count(), Organisation.objects.count()) == (1, 1)


def test_what_became_of_a_draft_can_be_asked(officer: Client, draft: dict[str, Any]) -> None:
    assert officer.get(f"{SEND}{draft['id']}/").status_code == 404
    officer.post(SEND, draft)
    assert officer.get(f"{SEND}{draft['id']}/").json()["address"] == f"/outcomes/{draft['id']}/"


# --- Companies


def test_the_name_finds_a_company_by_its_alias(officer: Client, draft: dict[str, Any]) -> None:
    company = make_organisation("벤텍프런티어", aliases=["VenTech"])
    officer.post(SEND, {**draft, "who": "ventech"})
    assert Outcome.objects.get().parties.get().organisation == company


def test_the_chosen_company_is_meant_whatever_it_is_called_now(officer: Client, draft: dict[str, Any]) -> None:
    company = make_organisation("벤텍 새 이름")
    officer.post(SEND, {**draft, "choice": str(company.pk)})
    assert Outcome.objects.get().parties.get().organisation == company


def test_a_name_nobody_has_is_recorded(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, draft)
    assert Organisation.objects.get().name == "벤텍프런티어"


def test_several_of_one_name_are_to_choose_from(officer: Client, draft: dict[str, Any]) -> None:
    first, second = make_organisation("㈜벤텍프런티어"), make_organisation("벤텍프런티어", region="서울")
    answer = officer.post(SEND, draft)
    told = answer.json()
    assert (answer.status_code, told["reason"]) == (409, "which")
    assert {value for value, _text in told["choices"]} == {str(first.pk), str(second.pk), "new"}
    assert not Outcome.objects.exists()
    assert officer.post(SEND, {**draft, "choice": str(second.pk)}).status_code == 201
    assert Outcome.objects.get().parties.get().organisation == second


def test_a_nearly_known_name_is_asked_about_and_may_be_new(officer: Client, draft: dict[str, Any]) -> None:
    near = make_organisation("벤텍프론티어", country="US")
    told = officer.post(SEND, draft).json()
    assert (told["reason"], told["choices"][0]) == ("which", [str(near.pk), "벤텍프론티어 · 미국"])
    assert officer.post(SEND, {**draft, "choice": "new"}).status_code == 201
    assert Outcome.objects.get().parties.get().organisation != near


def test_an_archived_choice_is_looked_for_by_name(officer: Client, draft: dict[str, Any]) -> None:
    assert officer.post(SEND, {**draft, "choice": str(UUID(int=7))}).status_code == 201
    assert Organisation.objects.get().name == "벤텍프런티어"


def test_the_phones_list_of_companies(officer: Client) -> None:
    company = make_organisation("㈜벤텍프런티어", aliases=["VenTech"], region="광주")
    answer = officer.get("/booth/companies/")
    row = [str(company.pk), "㈜벤텍프런티어", "", "광주", ["VenTech"]]
    assert json.loads(answer.content) == {"companies": [row], "next": None}
    unchanged = officer.get("/booth/companies/", headers={"if-none-match": answer["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    make_organisation("새 기업")
    assert officer.get("/booth/companies/", headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_the_list_comes_in_parts_that_stay_as_they_are(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booth, "A_PART", 2)
    first, _second, third = (make_organisation(name, aliases=[f"{name} 본사"]) for name in ("가", "나", "다"))

    def parts(number: int | None = 0) -> list[list[str]]:
        told = officer.get("/booth/companies/", {"part": number}).json()
        names = [name for _pk, name, *_more in told["companies"]]
        return [names] if told["next"] is None else [names, *parts(told["next"])]

    assert parts() == [["가", "나"], ["다"]]
    merge_organisations(system(), third, first, reason="같은 기업")
    make_organisation("라", aliases=["라 본사"])
    make_organisation("마", aliases=["마 본사"])
    assert parts() == [["나"], ["다", "라"], ["마"]]
    monkeypatch.setattr(booth, "MOST_COMPANIES", 3)
    assert parts() == [["다", "라"], ["마"]] and third.name in parts(1)[0]


def test_a_part_travels_packed_within_what_a_page_may_take(officer: Client) -> None:
    names = [
        "".join(chr(0xAC00 + (number * 7919 + place * 104729) % 11172) for place in range(7)) for number in range(60)
    ]
    for name in names:
        make_organisation(
            f"주식회사 {name}",
            aliases=[f"{name[:4]} 홀딩스"],
            name_en=f"{sha256(name.encode()).hexdigest()[:12]} Inc.",
            region="광주광역시",
        )
    answer = officer.get("/booth/companies/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) / len(names) * booth.A_PART <= 150_000


# --- What a person has to look at


def test_what_may_be_on_record_already_is_shown_first(cast: Cast, officer: Client, draft: dict[str, Any]) -> None:
    company = make_organisation("벤텍프런티어")
    known = make_outcome(
        "공기살균기 계약", kind=OutcomeKind.EXPORT_CONTRACT, signed_on=date(2023, 1, 6), lead_unit=cast.other_unit,
        parties=[(company, PartyRole.EXPORTER)],
    )  # fmt: skip
    answer = officer.post(SEND, draft)
    told = answer.json()
    assert (answer.status_code, told["reason"]) == (409, "similar")
    assert told["similar"] == [
        {"title": "공기살균기 계약", "about": "기후환경국 · 2023. 1. 6.", "address": f"/outcomes/{known.pk}/"}
    ]
    assert Outcome.objects.count() == 1
    assert officer.post(SEND, {**draft, "is_another": "on"}).status_code == 201


def test_a_closed_outcome_is_not_given_away(cast: Cast, officer: Client, draft: dict[str, Any]) -> None:
    company = make_organisation("벤텍프런티어")
    make_outcome(
        kind=OutcomeKind.EXPORT_CONTRACT, signed_on=date(2023, 1, 6), lead_unit=cast.other_unit,
        parties=[(company, PartyRole.EXPORTER)], disclosure_level=Disclosure.CLOSED,
    )  # fmt: skip
    assert officer.post(SEND, draft).status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "많이"}, "amount"),
        ({"kind": "promise"}, "amount"),
        ({"kind": "realised_export"}, "kind"),
        ({"who": " "}, "who"),
        ({"event": ""}, "event"),
        ({"event": str(UUID(int=5))}, "event"),
        ({"id": "7"}, "id"),
        ({"who": "가" * 141}, "who"),
        ({"who": "=HYPERLINK(1)"}, "who"),
    ],
)
def test_what_cannot_be_understood_is_said_at_its_field(
    officer: Client, draft: dict[str, Any], change: dict[str, str], field: str
) -> None:
    answer = officer.post(SEND, {**draft, **change})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field] and answer.json()["message"]
    assert not Outcome.objects.exists() and not Organisation.objects.exists()


def test_everything_is_said_at_once(officer: Client, draft: dict[str, Any]) -> None:
    make_organisation("벤텍프론티어")
    told = officer.post(SEND, {**draft, "amount": "많이"}).json()
    assert set(told["errors"]) == {"who", "amount"} and told["choices"]


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-1.4", b"MZ" + b"0" * 60])
def test_what_is_no_photo_is_refused_and_nothing_is_half_written(
    officer: Client, draft: dict[str, Any], content: bytes
) -> None:
    answer = officer.post(SEND, {**draft, "photo": photo(content)})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["photo"])
    assert not Outcome.objects.exists() and not Organisation.objects.exists() and not LedgerEntry.objects.exists()


def test_a_photo_that_is_too_large_is_refused(officer: Client, draft: dict[str, Any], settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 20
    answer = officer.post(SEND, {**draft, "photo": photo()})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["photo"])
    assert not Outcome.objects.exists()


def test_a_photo_is_kept_as_what_it_is(officer: Client, draft: dict[str, Any]) -> None:
    officer.post(SEND, {**draft, "photo": photo(b"\x89PNG\r\n\x1a\n" + b"0" * 20, "../../run.exe")})
    document = Document.objects.get()
    assert (document.file_name, document.media_type) == ("run.png", "image/png")


# --- Who


def test_when_the_session_has_ended_nothing_is_taken(cast: Cast, client: Client, draft: dict[str, Any]) -> None:
    for answer in (client.post(SEND, draft), client.get("/booth/session/"), client.get("/booth/")):
        assert answer.status_code == 302 and answer["Location"].startswith("/login/")
    assert not Outcome.objects.exists()


def test_leadership_records_nothing_at_a_booth(leader: Client, draft: dict[str, Any]) -> None:
    assert leader.post(SEND, draft).status_code == 403
    for path in ("/booth/", "/booth/session/", "/booth/companies/", f"{SEND}{draft['id']}/"):
        assert leader.get(path).status_code == 403
    assert "/booth/" not in leader.get("/").content.decode()
    assert not Outcome.objects.exists()


def test_nobody_sends_anothers_draft_as_ones_own(cast: Cast, draft: dict[str, Any], signed_in: SignIn) -> None:
    answer = signed_in(cast.outsider).post(SEND, draft)
    assert (answer.status_code, answer.json()["reason"]) == (409, "account")
    assert not Outcome.objects.exists()


def test_without_the_token_of_the_session_nothing_is_taken(cast: Cast, draft: dict[str, Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    assert client.post(SEND, draft).status_code == 403
    token = client.get("/booth/session/").json()["csrf"]
    assert client.post(SEND, draft, headers={"x-csrftoken": token}).status_code == 201


# --- The page and its files


def test_the_page_begins_with_the_event_that_is_on(officer: Client) -> None:
    from crm.web.entrance import today

    make_event("지난 전시회", starts_on=date(2020, 1, 5), ends_on=date(2020, 1, 8))
    now = make_event("지금 전시회", starts_on=today(), ends_on=today())
    make_event("앞으로의 전시회", starts_on=date(2090, 1, 5), ends_on=None)
    page = officer.get("/booth/").context["page"]
    assert [event.id for event in page.events if event.is_usual] == [str(now.pk)]
    assert "/booth/" in officer.get("/").content.decode()


def test_the_page_and_all_that_it_names_is_of_one_make(officer: Client, client: Client) -> None:
    page = officer.get("/booth/").context["page"]
    for address in page.files.values():
        answer = client.get(address)
        assert answer.status_code == 200 and "immutable" in answer["Cache-Control"], address
        assert address in officer.get("/booth/").content.decode() or "worker" in address
    old = client.get(reverse("booth-file", args=("0" * 12, "booth.js")))
    assert old["Cache-Control"] == "no-store"
    assert client.get(reverse("booth-file", args=(page.version, "settings.py"))).status_code == 404


def test_the_worker_is_another_text_for_another_make(client: Client) -> None:
    answer = client.get("/booth/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "/booth_worker.js" in answer.content.decode()
