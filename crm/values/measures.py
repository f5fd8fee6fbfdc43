"""The closed vocabularies of a figure and of the records it is about (identifiers from the glossary)."""

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    COUNT = "count"
    MONEY = "money"
    JOBS = "jobs"


class Series(StrEnum):
    """Figures of different series are different facts: no sum crosses a series."""

    CONSULTED = "consulted"
    EXPECTED = "expected"
    ANNOUNCED = "announced"
    COMMITTED = "committed"
    REALISED = "realised"


class Basis(StrEnum):
    """What a value stands for. An annual value is a rate: without a term its total is unknown."""

    TOTAL = "total"
    ANNUAL = "annual"
    UNSTATED = "unstated"


class Cause(StrEnum):
    """Why an entry was made. All but the first explain a restatement."""

    FIRST = "first"
    LATE_ENTRY = "late_entry"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    FX = "fx"
    RECLASSIFICATION = "reclassification"
    MERGE = "merge"


class DateBasis(StrEnum):
    """Which date an entry's value date is. `event`: the signing date is unknown, the event's first day stands in."""

    SIGNING = "signing"
    EVENT = "event"
    STATED = "stated"


class Standing(StrEnum):
    """Only what is confirmed counts in confirmed figures; the rest is shown beside it, never dropped."""

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"
    UNCONFIRMED = "unconfirmed"


class OutcomeKind(StrEnum):
    EXPECTED_CONTRACT = "expected_contract"
    PURCHASE_LOI = "purchase_loi"
    ONSITE_CONTRACT = "onsite_contract"
    EXPORT_CONTRACT = "export_contract"
    REALISED_EXPORT = "realised_export"
    INVESTMENT_LOI = "investment_loi"
    INVESTMENT_MOU = "investment_mou"
    DEFINITIVE_AGREEMENT = "definitive_agreement"
    FDI_NOTIFIED = "fdi_notified"
    FDI_ARRIVED = "fdi_arrived"
    GROUNDBREAKING = "groundbreaking"
    COMPLETION = "completion"
    OPERATION = "operation"
    BUSINESS_MOU = "business_mou"
    PROMISE = "promise"
    DEMONSTRATION = "demonstration"
    PAVILION_OPERATION = "pavilion_operation"


class Ladder(StrEnum):
    EXPORT = "export"
    INVESTMENT = "investment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KindRule:
    """How a kind of outcome counts. `count_series`: the series in which one record of it counts as one.
    `has_value`: whether money or jobs may be posted on it at all (a promise has no value)."""

    kind: OutcomeKind
    ladder: Ladder
    count_series: Series
    binding: bool
    has_value: bool = True
    realised_only: bool = False


_RULES = (
    KindRule(OutcomeKind.EXPECTED_CONTRACT, Ladder.EXPORT, Series.EXPECTED, binding=False),
    KindRule(OutcomeKind.PURCHASE_LOI, Ladder.EXPORT, Series.ANNOUNCED, binding=False),
    KindRule(OutcomeKind.ONSITE_CONTRACT, Ladder.EXPORT, Series.COMMITTED, binding=True),
    KindRule(OutcomeKind.EXPORT_CONTRACT, Ladder.EXPORT, Series.COMMITTED, binding=True),
    KindRule(OutcomeKind.REALISED_EXPORT, Ladder.EXPORT, Series.REALISED, binding=True, realised_only=True),
    KindRule(OutcomeKind.INVESTMENT_LOI, Ladder.INVESTMENT, Series.ANNOUNCED, binding=False),
    KindRule(OutcomeKind.INVESTMENT_MOU, Ladder.INVESTMENT, Series.ANNOUNCED, binding=False),
    KindRule(OutcomeKind.DEFINITIVE_AGREEMENT, Ladder.INVESTMENT, Series.COMMITTED, binding=True),
    KindRule(OutcomeKind.FDI_NOTIFIED, Ladder.INVESTMENT, Series.COMMITTED, binding=True),
    KindRule(OutcomeKind.FDI_ARRIVED, Ladder.INVESTMENT, Series.REALISED, binding=True, realised_only=True),
    KindRule(OutcomeKind.GROUNDBREAKING, Ladder.INVESTMENT, Series.REALISED, binding=True, realised_only=True),
    KindRule(OutcomeKind.COMPLETION, Ladder.INVESTMENT, Series.REALISED, binding=True, realised_only=True),
    KindRule(OutcomeKind.OPERATION, Ladder.INVESTMENT, Series.REALISED, binding=True, realised_only=True),
    KindRule(OutcomeKind.BUSINESS_MOU, Ladder.OTHER, Series.ANNOUNCED, binding=False),
    KindRule(OutcomeKind.PROMISE, Ladder.OTHER, Series.ANNOUNCED, binding=False, has_value=False),
    KindRule(OutcomeKind.DEMONSTRATION, Ladder.OTHER, Series.ANNOUNCED, binding=False),
    KindRule(OutcomeKind.PAVILION_OPERATION, Ladder.OTHER, Series.REALISED, binding=False, has_value=False),
)
KIND_RULES: dict[OutcomeKind, KindRule] = {rule.kind: rule for rule in _RULES}


class EventKind(StrEnum):
    TRADE_SHOW = "trade_show"
    DELEGATION = "delegation"
    TRADE_MISSION = "trade_mission"
    EXPORT_MEET = "export_meet"
    PITCH_COMPETITION = "pitch_competition"
    BRIEFING = "briefing"


class Pavilion(StrEnum):
    JOINT_PAVILION = "joint_pavilion"
    KOREA_PAVILION = "korea_pavilion"
    INDIVIDUAL = "individual"


class Payer(StrEnum):
    """Who bears a cost."""

    CITY = "city"
    STATE = "state"
    OWN = "own"
    OTHER = "other"


class ClaimStatus(StrEnum):
    """Sources may contradict each other: all are kept, at most one of a measure is confirmed."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    UNREVIEWED = "unreviewed"


class PartyRole(StrEnum):
    INVESTOR = "investor"
    EXPORTER = "exporter"
    BUYER = "buyer"
    PARTNER = "partner"
    HOST = "host"
    OPERATOR = "operator"
    SPONSOR = "sponsor"


class AttributionRole(StrEnum):
    """What an event or a unit had to do with an outcome. The shares of all events add to 100 %, those of all units
    too, so that no total counts an outcome twice."""

    ORIGINATED = "originated"
    PROGRESSED = "progressed"
    SIGNED_AT = "signed_at"


class UnitLevel(StrEnum):
    BUREAU = "bureau"
    DIVISION = "division"
    TEAM = "team"


class SuccessionKind(StrEnum):
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"


class Disclosure(StrEnum):
    OPEN = "open"
    PARTLY = "partly"
    CLOSED = "closed"


class FollowUpStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Role(StrEnum):
    OFFICER = "officer"
    TEAM_LEAD = "team_lead"
    DIVISION_HEAD = "division_head"
    BUREAU_HEAD = "bureau_head"
    LEADERSHIP = "leadership"
    ADMINISTRATOR = "administrator"
    API_CLIENT = "api_client"
