"""The ranking of a pitch competition: weighted means over the judges without a conflict of interest."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import Final
from uuid import UUID

from crm.models import Judge, PitchCriterion, PitchEntry
from crm.queries.pitches import Cell, CompetitionParts, Conflicts
from crm.values.demonstrations import PitchRound, PitchStatus

_HUNDRED: Final = Decimal(100)
_QUOTIENT: Final = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class JudgeTotal:
    """What one judge gives one entry: Σ weight × points / 100; None as long as a criterion is missing.
    `in_conflict`: it does not count, whatever it is."""

    judge: UUID
    total: Decimal | None
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """One entry. `mean` is unrounded (60 digits); `place` is shared by equal means (1, 1, 3). Both are None where the
    scores are not complete or the entry is withdrawn. `judges` counts those whose totals make the mean."""

    pitch: UUID
    place: int | None
    mean: Decimal | None
    judges: int
    totals: tuple[JudgeTotal, ...]


def ranking(parts: CompetitionParts, round_: PitchRound) -> tuple[Ranked, ...]:
    """The entries by their scores in that round, the best first, unranked ones last. The finals have their own few.

    The panel of a round is who has scored anything in it; an entry's scores are complete when everybody on the panel
    who is not in conflict with it has scored every criterion."""
    pitches = [p for p in parts.pitches if round_ != PitchRound.FINALS or p.round == PitchRound.FINALS]
    points = parts.points.get(round_, {})
    panel = {judge for _pitch, judge, _criterion in points}
    sitting = [judge for judge in parts.judges if judge.pk in panel]
    found = [(pitch, _totals(pitch, sitting, parts.criteria, points, parts.conflicts)) for pitch in pitches]
    means = {pitch.pk: _mean(totals) for pitch, totals in found if pitch.status != PitchStatus.WITHDRAWN}
    ranked = [_ranked(pitch, totals, means) for pitch, totals in found]
    return tuple(sorted(ranked, key=lambda row: (row.place is None, row.place or 0)))


def _totals(
    pitch: PitchEntry,
    judges: Iterable[Judge],
    criteria: Iterable[PitchCriterion],
    points: dict[Cell, Decimal],
    conflicts: Conflicts,
) -> tuple[JudgeTotal, ...]:
    return tuple(
        JudgeTotal(judge.pk, _total(pitch, judge, criteria, points), (pitch.pk, judge.pk) in conflicts)
        for judge in judges
    )


def _total(
    pitch: PitchEntry, judge: Judge, criteria: Iterable[PitchCriterion], points: dict[Cell, Decimal]
) -> Decimal | None:
    given = [(criterion.weight, points.get((pitch.pk, judge.pk, criterion.pk))) for criterion in criteria]
    if not given or any(value is None for _weight, value in given):
        return None
    return sum((weight * value / _HUNDRED for weight, value in given if value is not None), Decimal(0))


def _mean(totals: Iterable[JudgeTotal]) -> Fraction | None:
    """None where nobody counts, or where one who counts has not scored everything."""
    counting = [judge_total.total for judge_total in totals if not judge_total.in_conflict]
    complete = [Fraction(total) for total in counting if total is not None]
    return sum(complete, Fraction(0)) / len(complete) if complete and len(complete) == len(counting) else None


def _ranked(pitch: PitchEntry, totals: tuple[JudgeTotal, ...], means: dict[UUID, Fraction | None]) -> Ranked:
    mean = means.get(pitch.pk)
    counting = len([judge_total for judge_total in totals if not judge_total.in_conflict])
    if mean is None:
        return Ranked(pitch.pk, None, None, counting, totals)
    place = 1 + len([other for other in means.values() if other is not None and other > mean])
    return Ranked(pitch.pk, place, _decimal(mean), counting, totals)


def _decimal(mean: Fraction) -> Decimal:
    with localcontext(_QUOTIENT):
        return Decimal(mean.numerator) / Decimal(mean.denominator)
