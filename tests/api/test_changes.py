"""The change feed as a client reads it: one entry a record, in order, nothing lost, nothing that is not the client's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from api.registry import BY_TYPE
from crm import sequencer
from crm.actions.demonstrations import archive_demonstration, record_demonstration, restore_demonstration
from crm.actions.external_ids import name_externally
from crm.actions.merges import merge_organisations
from crm.actions.org_units import record_programme
from crm.actions.organisations import record_organisation, update_organisation
from crm.actions.personal_data import purge_expired_contacts
from crm.models import Contact, FeedEntry
from crm.values.measures import Role
from tests.api.answers import problem_of, refused
from tests.api.conftest import ApiClient
from tests.api.feeds import ALL, changed, entries, pages, place
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client_of: Callable[..., ApiClient], world: World) -> ApiClient:
    return client_of(Role.ADMINISTRATOR, ALL)


class TestOrder:
    def test_from_nothing_it_is_everything_that_the_lists_have(self, reader: ApiClient) -> None:
        told = entries(reader)
        for kind, name in BY_TYPE.items():
            listed = {record["id"]: record for record in reader.all(name, {})}
            fed = {entry["id"]: entry["data"] for entry in told if entry["type"] == kind}
            assert fed == listed, name

    def test_numbers_rise_without_gaps_and_a_record_stands_once(self, reader: ApiClient, world: World) -> None:
        told = [entry for page in pages(reader, limit=3) for entry in page["results"]]
        numbers = [entry["seq"] for entry in told]
        assert numbers == sorted(set(numbers)) and numbers[0] >= 1
        assert len({(entry["type"], entry["id"]) for entry in told}) == len(told)
        everything = FeedEntry.objects.order_by("seq").values_list("seq", flat=True)
        assert list(everything) == list(range(1, len(everything) + 1))

    def test_what_changes_moves_to_the_end(self, reader: ApiClient, world: World) -> None:
        at = place(reader)
        update_organisation(world.caller, world.company, version=world.company.version, region="광주광역시")
        (entry,) = entries(reader, after=at)
        assert (entry["type"], entry["id"], entry["data"]["region"]) == (
            "organisation",
            str(world.company.pk),
            "광주광역시",
        )
        assert entry["seq"] == at + 1 and entry["version"] == entry["data"]["version"]
        assert [one["id"] for one in entries(reader, types="organisation")].count(entry["id"]) == 1

    def test_a_record_that_changes_while_a_client_pages_comes_again(self, reader: ApiClient, world: World) -> None:
        first = reader.get("changes", {"types": "outcome,event", "limit": "1"}).json()
        assert first["next"] and first["has_more"] and first["next_after"] == first["results"][0]["seq"]
        changed(world, note="확인")
        rest = entries(reader, types="outcome,event", after=first["next_after"])
        assert rest[-1]["id"] == str(world.outcome.pk) and rest[-1]["data"]["note"] == "확인"

    def test_nothing_new_is_an_empty_page_with_a_tag(self, reader: ApiClient) -> None:
        at = place(reader)
        answer = reader.get("changes", {"after": str(at)})
        body = answer.json()
        assert (body["results"], body["next"], body["next_after"], body["has_more"]) == ([], None, at, False)
        again = reader.get("changes", {"after": str(at)}, if_none_match=answer["ETag"])
        assert again.status_code == 304

    def test_what_a_client_wrote_itself_can_be_left_out(self, reader: ApiClient, world: World) -> None:
        at = place(reader)
        made = reader.post("organisations", {"name": "㈜메아리"})
        assert made.status_code == 201
        assert [entry["id"] for entry in entries(reader, after=at)] == [made.json()["id"]]
        assert entries(reader, after=at, exclude_actor="self") == []

    def test_what_others_wrote_before_is_not_left_out_with_it(self, reader: ApiClient, world: World) -> None:
        company, at = world.company, place(reader)
        update_organisation(world.caller, company, version=company.version, region="광주광역시")
        # A client that pushes without looking writes over a record that it has not read.
        pushed = {"name": "㈜솔", "external_id": {"source": "kotra", "value": "1"}, "sector": "로봇"}
        name_externally(world.caller, company, "kotra", "1")
        for sector in ("로봇", "드론"):
            row = {**pushed, "sector": sector}
            assert reader.post("bulk/organisations", {"rows": [row]}).json()["results"][0]["status"] == 200
            ((_type, told),) = [
                (e["type"], e["data"]["region"]) for e in entries(reader, after=at, exclude_actor="self")
            ]
            assert told == "광주광역시"
        # Who has read what the other wrote is spared his own.
        assert entries(reader, after=place(reader), exclude_actor="self") == []

    def test_a_client_of_one_type_is_told_that_more_waits_to_be_numbered(
        self, reader: ApiClient, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at = place(reader)
        for number in range(5):
            record_programme(world.caller, name=f"사업 {number}")
        made = record_organisation(world.caller, name="㈜마지막")
        monkeypatch.setattr(sequencer, "_AT_ONCE", 1)
        monkeypatch.setattr(sequencer, "_A_READING", 2)
        first = reader.get("changes", {"types": "organisation", "after": str(at)}).json()
        assert (first["results"], first["has_more"]) == ([], True)
        assert [entry["id"] for entry in entries(reader, types="organisation", after=at)] == [str(made.pk)]

    def test_only_the_types_asked_for(self, reader: ApiClient) -> None:
        assert {entry["type"] for entry in entries(reader, types="event,outcome")} == {"event", "outcome"}

    @pytest.mark.parametrize("path", ["changes?types=contact,event", "changes/contact", "changes/digest?types=contact"])
    def test_a_type_that_is_not_the_token_s_is_refused(
        self, client_of: Callable[..., ApiClient], world: World, path: str
    ) -> None:
        """An empty page would say that there is none, for as long as the client asks."""
        place, _mark, query = path.partition("?")
        narrow = client_of(Role.ADMINISTRATOR, ("read", "feed"))
        assert narrow.get(place, dict(parse_qsl(query))).status_code == 403
        assert "contact" not in {entry["type"] for entry in entries(narrow)}

    def test_one_type_as_rows(self, reader: ApiClient, world: World) -> None:
        page = reader.get("changes/outcome", {"flat": "true"}).json()
        (row,) = [one for one in page["results"] if one["id"] == str(world.outcome.pk)]
        assert row["title"] == world.outcome.title and row["seq"] and row["deleted"] is False
        assert not [value for value in row.values() if isinstance(value, list | dict)]

    def test_a_row_loses_no_column_of_the_record(self, reader: ApiClient, world: World) -> None:
        for kind in BY_TYPE:
            told = {entry["id"]: entry for entry in entries(reader, types=kind)}
            rows = reader.get(f"changes/{kind}", {"flat": "true", "limit": "1000"}).json()["results"]
            assert {row["id"] for row in rows} == set(told)
            for row in rows:
                data = told[row["id"]]["data"] or {}
                scalars = {name: value for name, value in data.items() if not isinstance(value, list | dict)}
                kept = {name: row.get(f"record_{name}", row.get(name)) for name in scalars}
                assert kept == scalars, kind
                assert row["reason"] == told[row["id"]]["reason"]

    def test_why_an_entry_was_corrected_stands_beside_why_one_is_gone(self, reader: ApiClient, world: World) -> None:
        rows = reader.get("changes/ledger_entry", {"flat": "true", "limit": "1000"}).json()["results"]
        told = {entry["id"]: entry["data"]["reason"] for entry in entries(reader, types="ledger_entry")}
        assert {row["id"]: row["record_reason"] for row in rows} == told
        assert {row["reason"] for row in rows} == {None}

    def test_an_external_name_is_told(self, reader: ApiClient, world: World) -> None:
        from crm.actions.external_ids import name_externally

        name_externally(world.caller, world.company, "kotra", "K-77")
        (entry,) = [one for one in entries(reader, types="organisation") if one["id"] == str(world.company.pk)]
        assert entry["external_ids"] == [{"source": "kotra", "value": "K-77"}]


class TestGone:
    def test_what_was_put_away_is_a_tombstone_and_comes_back(self, reader: ApiClient, world: World) -> None:
        trial = record_demonstration(world.caller, title="실증", applicant=world.company, technology="로봇")
        at = place(reader)
        archive_demonstration(world.caller, trial, "잘못 기록")
        (entry,) = entries(reader, after=at)
        assert (entry["deleted"], entry["reason"], entry["data"]) == (True, "deleted", None)
        at = place(reader)
        trial.refresh_from_db()
        restore_demonstration(world.caller, trial, "맞는 기록")
        (entry,) = entries(reader, after=at)
        assert (entry["deleted"], entry["data"]["id"]) == (False, str(trial.pk))

    def test_a_merge_leads_on(self, reader: ApiClient, world: World) -> None:
        double = record_organisation(world.caller, name="주식회사 솔", region="광주")
        at = place(reader)
        merge_organisations(world.caller, world.company, double, reason="같은 회사")
        found = {entry["id"]: entry for entry in entries(reader, after=at)}
        gone = found[str(double.pk)]
        assert (gone["deleted"], gone["reason"], gone["merged_into"]) == (True, "merged", str(world.company.pk))

    def test_a_purged_person_leaves_no_data(self, reader: ApiClient, world: World) -> None:
        at = place(reader)
        Contact.objects.get(pk=world.contact.pk)
        late = timezone.now() + timedelta(days=365 * 60)
        from dataclasses import replace

        assert purge_expired_contacts(replace(world.caller, now=late)) == 1
        (entry,) = entries(reader, after=at, types="contact")
        assert (entry["deleted"], entry["reason"], entry["data"]) == (True, "purged", None)
        assert world.contact.name not in str(entry)

    def test_tombstones_live_their_time_and_then_the_client_starts_over(self, reader: ApiClient, world: World) -> None:
        trial = record_demonstration(world.caller, title="실증", applicant=world.company, technology="로봇")
        at = place(reader)
        archive_demonstration(world.caller, trial, "잘못 기록")
        changed(world, note="그 뒤")
        entries(reader, after=at)
        assert sequencer.forget_tombstones(timezone.now() + timedelta(days=399)) == 0
        assert sequencer.forget_tombstones(timezone.now() + timedelta(days=401)) == 1
        body = problem_of(reader.get("changes", {"after": str(at)}), 410)
        assert body["type"].endswith("cursor-expired") and body["resync_url"].endswith("after=0")
        assert str(trial.pk) not in {entry["id"] for entry in entries(reader, after=0)}

    def test_when_tombstones_are_gone_who_starts_over_reads_on_to_the_end(
        self, reader: ApiClient, world: World
    ) -> None:
        trial = record_demonstration(world.caller, title="실증", applicant=world.company, technology="로봇")
        everything = {entry["id"] for entry in entries(reader)}
        archive_demonstration(world.caller, trial, "잘못 기록")
        place(reader)
        assert sequencer.forget_tombstones(timezone.now() + timedelta(days=401)) == 1
        by_links = pages(reader, after=0, limit=3)
        assert len(by_links) > 3 and all(page["has_more"] for page in by_links[:-1])
        by_links_told = {entry["id"] for page in by_links for entry in page["results"]}
        assert by_links_told == everything - {str(trial.pk)}
        after, by_number = 0, set[str]()
        while (page := reader.get("changes", {"after": str(after), "limit": "3"}).json())["results"]:
            after = page["next_after"]
            by_number |= {entry["id"] for entry in page["results"]}
        assert by_number == by_links_told

    def test_who_reads_now_and_then_is_not_sent_back_for_a_type_that_never_changes(
        self, reader: ApiClient, world: World
    ) -> None:
        """A pipeline asks from behind the last record of its type that it saw, however old that is."""
        trial = record_demonstration(world.caller, title="실증", applicant=world.company, technology="로봇")
        at = entries(reader, types="event")[-1]["seq"]
        archive_demonstration(world.caller, trial, "잘못 기록")
        place(reader)
        for days in (380, 401):
            forgotten = sequencer.forget_tombstones(timezone.now() + timedelta(days=days))
            told = entries(reader, types="event", after=at)
            at = max([at, *(entry["seq"] for entry in told)])
            assert forgotten == (days == 401)
            assert [entry["id"] for entry in told] == ([str(world.event.pk)] if days == 380 else [])


class TestPlaces:
    @pytest.mark.parametrize("query", [{"after": "-1"}, {"after": "x"}, {"after": "9" * 30}, {"wait": "26"},
                                       {"types": "nothing"}, {"exclude_actor": "me"}, {"limit": "0"},
                                       {"after": ["1", "2"]}, {"seq": "1"}])  # fmt: skip
    def test_a_bad_question_is_refused(self, reader: ApiClient, query: Any) -> None:
        ((pointer, _code),) = refused(reader.get("changes", query), 400)
        assert pointer == f"?{next(iter(query))}"

    def test_a_cursor_that_is_none_leads_nowhere(self, reader: ApiClient) -> None:
        assert refused(reader.get("changes", {"cursor": "x"}), 404) == {("?cursor", "unknown_cursor")}

    def test_beyond_the_head_is_starting_over(self, reader: ApiClient) -> None:
        assert problem_of(reader.get("changes", {"after": str(place(reader) + 1)}), 410)["resync_url"]

    def test_a_cursor_wins_and_belongs_to_one_client_and_filter(
        self, reader: ApiClient, client_of: Callable[..., ApiClient]
    ) -> None:
        first = reader.get("changes", {"limit": "2", "after": "1"}).json()
        query = dict(parse_qsl(urlsplit(first["next"]).query))
        assert "after" not in query
        second = reader.get("changes", {**query, "after": "1"}).json()
        assert second["results"][0]["seq"] > first["next_after"]
        assert refused(client_of(Role.ADMINISTRATOR, ALL).get("changes", query), 404) == {("?cursor", "unknown_cursor")}
        assert refused(reader.get("changes", {**query, "types": "event"}), 404) == {("?cursor", "unknown_cursor")}

    def test_a_restored_backup_is_a_new_epoch(self, reader: ApiClient) -> None:
        first = reader.get("changes", {"limit": "2"}).json()
        sequencer.begin_anew(timezone.now())
        again = reader.get("changes", {"limit": "2"}).json()
        assert again["epoch"] != first["epoch"] and again["results"][0]["seq"] > first["head"]
        parts = urlsplit(first["next"])
        body = problem_of(reader.get(parts.path, dict(parse_qsl(parts.query))), 410)
        assert body["type"].endswith("epoch-changed")
        for after in (1, first["head"]):
            assert problem_of(reader.get("changes", {"after": str(after)}), 410)["type"].endswith("cursor-expired")
