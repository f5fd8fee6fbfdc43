"""What came of what, on the pages at each end."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client
from uuid_utils.compat import uuid7

from crm.actions.chains import link_chain
from crm.actions.pitches import declare_conflict
from crm.models import ChainLink
from tests.builders import make_outcome, system
from tests.builders_demonstrations import make_competition, make_demonstration, make_judge, make_pitch, score

Text = Callable[[Any], str]
# What only an untranslated page has: two English words in a row.
ENGLISH = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,}\b")


def shown(answer: Any) -> list[tuple[str, bool]]:
    part = answer.context.get("work") or answer.context["page"]
    return [(line.where.text, line.is_here) for line in part.chain.lines]


def test_every_page_shows_the_whole_chain_and_leads_both_ways(officer: Client) -> None:
    pitch, trial, bought = make_pitch(make_competition(), "로봇"), make_demonstration("실증"), make_outcome("구매계약")
    link_chain(system(), from_pitch=pitch, to_demonstration=trial)
    link_chain(system(), from_demonstration=trial, to_outcome=bought, note="혁신제품 지정")
    addresses = [f"/pitches/{pitch.pk}/", f"/demonstrations/{trial.pk}/", f"/outcomes/{bought.pk}/"]
    for address in addresses:
        answer = officer.get(f"{address}?whole")
        here = addresses.index(address)
        assert shown(answer) == [(t, n == here) for n, t in enumerate(("로봇", "실증", "구매계약"))]
        for other in addresses:
            assert other == address or f'href="{other}"'.encode() in answer.content


def test_a_link_is_made_on_the_page_once(officer: Client) -> None:
    trial, bought = make_demonstration("실증"), make_outcome("구매계약")
    address = officer.get(f"/demonstrations/{trial.pk}/").context["page"].chain.add_after
    sent = {"id": str(uuid7()), "other": f"outcome:{bought.pk}", "note": ""}
    for _twice in range(2):
        assert officer.post(address, sent)["Location"] == f"/demonstrations/{trial.pk}/"
    assert ChainLink.objects.count() == 1
    refused = officer.post(address, {**sent, "id": str(uuid7())})
    assert refused.context["form"].errors["other"]


def test_the_cause_is_linked_from_the_effect(officer: Client) -> None:
    pitch, bought = make_pitch(make_competition(), "로봇"), make_outcome("구매계약")
    address = officer.get(f"/outcomes/{bought.pk}/work/").context["work"].chain.add_before
    officer.post(address, {"id": str(uuid7()), "other": f"pitch_entry:{pitch.pk}"})
    assert shown(officer.get(f"/pitches/{pitch.pk}/")) == [("로봇", True), ("구매계약", False)]


def test_the_choice_is_narrowed_by_title(officer: Client) -> None:
    trial = make_demonstration("실증")
    make_outcome("드론 구매계약"), make_outcome("로봇 투자협약")
    address = officer.get(f"/demonstrations/{trial.pk}/").context["page"].chain.add_after
    found = {
        text: {str(record) for record in officer.get(f"{address}&q={text}").context["form"].offered}
        for text in ("", "드론", "없음")
    }
    assert found == {"": {"드론 구매계약", "로봇 투자협약"}, "드론": {"드론 구매계약"}, "없음": set()}


def test_a_circle_is_refused_at_the_choice(officer: Client) -> None:
    trial, bought = make_demonstration(), make_outcome()
    link_chain(system(), from_demonstration=trial, to_outcome=bought)
    address = officer.get(f"/outcomes/{bought.pk}/work/").context["work"].chain.add_after
    answer = officer.post(address, {"id": str(uuid7()), "other": f"demonstration:{trial.pk}"})
    assert answer.context["form"].errors["other"] and ChainLink.objects.count() == 1


def test_a_link_is_taken_away_with_a_reason(officer: Client) -> None:
    trial, bought = make_demonstration(), make_outcome()
    link = link_chain(system(), from_demonstration=trial, to_outcome=bought)
    assert officer.post(f"/chains/{link.pk}/remove/", {"reason": ""}).context["form"].errors
    officer.post(f"/chains/{link.pk}/remove/", {"reason": "다른 실증"})
    assert shown(officer.get(f"/outcomes/{bought.pk}/?whole")) == []


def test_an_address_that_names_nothing_is_not_found(officer: Client) -> None:
    for of in ("", "outcome:x", f"outcome:{uuid7()}", f"event:{uuid7()}"):
        assert officer.get("/chains/new/", {"of": of}).status_code == 404


def test_leadership_links_nothing(leader: Client) -> None:
    trial = make_demonstration()
    chain = leader.get(f"/demonstrations/{trial.pk}/").context["page"].chain
    assert (chain.add_before, chain.add_after) == ("", "")
    assert leader.get("/chains/new/", {"of": f"demonstration:{trial.pk}"}).status_code == 403


def test_every_page_of_theirs_is_said_in_korean(officer: Client, text: Text) -> None:
    event, trial = make_competition(), make_demonstration("실증", kpis=[])
    pitch, judge = make_pitch(event, "로봇"), make_judge(event)
    score(pitch, judge, 80, 70)
    declare_conflict(system(), pitch, judge, "자문")
    pitch.refresh_from_db()
    link = link_chain(system(), from_pitch=pitch, to_demonstration=trial)
    found = {}
    for address in (
        "/demonstrations/", "/demonstrations/new/", "/pitches/", f"/events/{event.pk}/?whole",
        *(f"/demonstrations/{trial.pk}/{deed}" for deed in ("", "edit/", "kpis/", "step/")),
        *(f"/pitches/{pitch.pk}/{deed}" for deed in ("", "edit/", "advance/", "conflicts/new/")),
        *(f"/events/{event.pk}/{deed}" for deed in ("criteria/", "judges/new/", "pitches/new/")),
        f"/judges/{judge.pk}/scores/", f"/judges/{judge.pk}/edit/", f"/chains/{link.pk}/remove/",
        f"/chains/new/?of=demonstration:{trial.pk}&way=before",
    ):  # fmt: skip
        answer = officer.get(address)
        assert answer.status_code == 200, address
        content = answer.content.decode()
        main = content[content.index("<main") : content.index("</main>")]
        found[address] = ENGLISH.findall(text(HttpResponse(main)))
    assert {address: words for address, words in found.items() if words} == {}
