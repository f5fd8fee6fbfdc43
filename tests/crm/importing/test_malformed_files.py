"""A malformed founding case is refused whole: with line and reason, and nothing written."""

from datetime import UTC, datetime

import pytest

from crm.importing.founding_case.loading import load_founding_case
from crm.importing.founding_case.reading import read_founding_case
from crm.importing.refusal import Refused
from crm.models import Account, Event, Organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 9, 1, tzinfo=UTC)
GOOD = """\
known_on: 2023-02-07
programmes:
  - {name: AI, status_history: [{on: 2023-02-07, status: confirmed}]}
events:
  - {code: ces, kind: trade_show, name: CES, starts_on: 2023-01-05}
organisations:
  - {code: sol, name: ㈜솔}
outcomes:
  - code: o1
    kind: investment_mou
    parties: [{org: sol, role: investor}]
    event: ces
    amount: {value: 10, currency: USD}
"""


def load(text: str | bytes) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    load_founding_case(read_founding_case(content), NOW)


def refused(text: str | bytes) -> str:
    with pytest.raises(Refused) as error:
        load(text)
    assert Event.objects.count() + Organisation.objects.count() == 0
    assert not Account.objects.filter(username="system").exists()
    assert all(fault.place and fault.reason for fault in error.value.faults)
    return str(error.value)


def test_the_good_file_loads() -> None:
    load(GOOD)
    assert Event.objects.get().name == "CES"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("kind: trade_show", "kind: [trade_show", "5"),
        ("name: CES", "name: CES, colour: red", "5"),
        ("kind: investment_mou", "kind: investment", "10"),
        ("name: CES, ", "", "5"),
        ("starts_on: 2023-01-05", "starts_on: 2023-02-30", "5"),
        ("starts_on: 2023-01-05", "starts_on: soon", "5"),
        ("starts_on: 2023-01-05", "starts_on: 2023-01-05 10:00:00", "5"),
        ("starts_on: 2023-01-05", "starts_on: 0001-01-01", "5"),
        ("known_on: 2023-02-07", "known_on: 0001-01-01", "1"),
        ("known_on: 2023-02-07\n", "", "1"),
        ("org: sol", "org: moon", "11"),
        ("event: ces", "event: mwc", "12"),
        ("    event: ces", "    event: ces\n    event: ces", "13"),
        ("  - {code: sol, name: ㈜솔}", "  - {code: sol, name: ㈜솔}\n  - {code: sol, name: 달}", "8"),
        ("value: 10,", "value: 10.5,", "13"),
        ("value: 10,", "value: true,", "13"),
        ("value: 10,", "value: NaN,", "13"),
        ("value: 10,", f"value: 0x{'f' * 5000},", "13"),
        ("currency: USD", "currency: WON", "13"),
        ("parties: [{org: sol, role: investor}]", "parties: 5", "11"),
        ("name: CES", "claims: 5, name: CES", "5"),
        ("status_history: [{on: 2023-02-07, status: confirmed}]", "status_history: 5", "3"),
        ("    event: ces", "    ? [a, b]\n    : c\n    event: ces", "12"),
        ("    event: ces", "    <<: {title: x}\n    event: ces", "12"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(old: str, new: str, place: str) -> None:
    assert old in GOOD
    # The reasons are translated, the number of the line is not.
    assert any(place in line.split(":")[0] for line in refused(GOOD.replace(old, new, 1)).splitlines())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- a\n- b\n",
        GOOD.encode().replace(b"CES", b"C\0S"),
        GOOD.replace("name: CES", 'name: "C\\0S"').encode(),
        GOOD.replace("name: CES", 'name: "C\\ud800S"').encode(),
        GOOD.replace("name: CES", 'name: "   "').encode(),
        bytes(range(256)) * 8,
        b"PK\x03\x04" + bytes(200),
        b"#" * 3_000_000,
        b"[" * 5000,
        b"known_on: 2023-02-07\norganisations: [{code: a, name: " + b"x" * 501 + b"}]",
    ],
    ids="empty list nul nul-escape surrogate spaces bytes zip three-mb deep too-long".split(),
)  # fmt: skip
def test_what_is_no_founding_case_is_refused(content: bytes) -> None:
    assert refused(content)


def test_every_fault_is_named_at_once() -> None:
    broken = GOOD.replace("org: sol", "org: moon").replace("event: ces", "event: mwc").replace("value: 10", "value: x")
    assert len(refused(broken).splitlines()) == 3


def bomb(merge: str) -> bytes:
    first = "known_on: 2023-02-07\na0: &a0 " + ("{k: v}" if merge else "[x]") + "\n"
    levels = [f"a{i}: &a{i} {merge}[{', '.join([f'*a{i - 1}'] * 9)}]{'}' if merge else ''}" for i in range(1, 12)]
    return (first + "\n".join(levels)).encode()


@pytest.mark.parametrize("merge", ["", "{<<: "], ids=["aliases", "merges"])
@pytest.mark.timeout(20)
def test_a_bomb_does_not_go_off(merge: str) -> None:
    assert refused(bomb(merge))


def test_on_is_a_key_and_no_truth() -> None:
    load(GOOD.replace("{on: 2023-02-07, status: confirmed}", "{on: 2023-02-07, status: yes}"))


def test_nothing_remains_where_the_last_row_fails() -> None:
    """The reading finds nothing wrong: only the action refuses, after everything else was written."""
    late = GOOD + "  - {code: o2, kind: promise, event: ces, amount: {value: 1, currency: USD}}\n"
    assert "o2" in refused(late)
