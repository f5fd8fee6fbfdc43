"""The council audit of 2020 as 238 synthetic outcomes, made by the actions from the published figures alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from crm.actions import accounts, documents, ledger, outcomes
from crm.actions.base import Caller
from crm.values.evidence import Grade
from crm.values.measures import Measure, OutcomeKind, Series
from crm.values.stages import Stage, off_road
from tests.written_once import written_once

FIGURES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "golden-figures.yaml").read_text())
AUDIT: dict[str, Any] = FIGURES["gwangju_investment_mous_2016_2020"]
KNOWN = datetime(2020, 11, 2, tzinfo=UTC)
_FIRST_SIGNED = date(2016, 1, 4)


@dataclass(frozen=True, slots=True)
class Mou:
    signed_on: date
    status: Stage
    pledged: Decimal
    jobs: int
    realised: Decimal
    jobs_realised: int


def shares(total: Decimal, parts: int, step: Decimal) -> list[Decimal]:
    """`total` in `parts` shares of whole steps that add up to it exactly, the first ones a step larger."""
    steps = int(total / step)
    return [step * (steps // parts + (i < steps % parts)) for i in range(parts)]


def mous() -> Iterator[Mou]:
    """238 MOUs with the published statuses, amounts (KRW) and jobs."""
    statuses = [Stage(name) for name, count in AUDIT["by_status"].items() for _i in range(count)]
    money, jobs, total, invested = AUDIT["amount_krw_bn"], AUDIT["jobs"], len(statuses), AUDIT["by_status"]["invested"]
    billion, million = Decimal(10**9), Decimal(10**6)
    pledged = shares(Decimal(str(money["pledged"])) * billion, total, million)
    realised = shares(Decimal(str(money["realised"])) * billion, invested, million)
    jobs_pledged = shares(Decimal(jobs["pledged"]), total, Decimal(1))
    jobs_realised = shares(Decimal(jobs["realised"]), invested, Decimal(1))
    nothing = [Decimal(0)] * (total - invested)
    for i, row in enumerate(
        zip(statuses, pledged, jobs_pledged, realised + nothing, jobs_realised + nothing, strict=True)
    ):
        status, amount, heads, paid, hired = row
        yield Mou(_FIRST_SIGNED + timedelta(days=7 * i), status, amount, int(heads), paid, int(hired))


def load() -> None:
    """Records every MOU, with the evidence that its realised values rest on."""
    written_once("council audit", _write)


def _write() -> None:
    caller = accounts.system_caller(KNOWN)
    for i, mou in enumerate(mous()):
        _record(caller, i, mou)


def _record(caller: Caller, i: int, mou: Mou) -> None:
    reason = "합성 자료의 사유" if off_road(OutcomeKind.INVESTMENT_MOU, mou.status) else ""
    outcome = outcomes.record_outcome(
        caller,
        outcomes.Testimony(AUDIT["source"], Grade.OFFICIAL_RECORD),
        kind=OutcomeKind.INVESTMENT_MOU,
        title=f"합성 투자협약 {i + 1}",
        signed_on=mou.signed_on,
        stage=mou.status,
        stage_reason=reason,
        is_synthetic=True,
    )
    _post(caller, outcome, mou.pledged, mou.jobs, Series.ANNOUNCED, None)
    if mou.realised:
        record = documents.attach_document(
            caller, title="투자 실적 확인", grade=Grade.OFFICIAL_RECORD, outcome=outcome, source=AUDIT["source"]
        )
        _post(caller, outcome, mou.realised, mou.jobs_realised, Series.REALISED, record)


def _post(caller: Caller, outcome: Any, money: Decimal, jobs: int, series: Series, evidence: Any) -> None:
    told = {"series": series, "source": AUDIT["source"], "evidence_grade": Grade.OFFICIAL_RECORD, "evidence": evidence}
    if series == Series.REALISED:
        told["value_date"] = AUDIT["cut_off"]
    ledger.post_figure(caller, outcome, ledger.Figure(Measure.MONEY, value=money, currency="KRW", **told))
    ledger.post_figure(caller, outcome, ledger.Figure(Measure.JOBS, value=Decimal(jobs), **told))
