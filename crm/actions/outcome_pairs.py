"""Outcomes that may be one agreement, recorded twice: left to a person to look at, and told apart."""

from collections.abc import Sequence
from datetime import date

from crm.actions.base import Caller, action, store
from crm.models import Outcome, SimilarOutcomes
from crm.queries.alike_outcomes import Pair, alike_outcomes

# So many are written down at a time: others record in between.
AT_ONCE = 200


def find_similar_outcomes(caller: Caller, today: date) -> int:
    """Compares all outcomes and leaves a pair to look at for each two that may be one. Returns how many are new."""
    known = set(SimilarOutcomes.objects.values_list("first_id", "second_id"))
    fresh = [pair for pair in alike_outcomes() if pair not in known]
    for start in range(0, len(fresh), AT_ONCE):
        note_similar_outcomes(caller, fresh[start : start + AT_ONCE])
    return len(fresh)


@action("job.run")
def note_similar_outcomes(caller: Caller, /, pairs: Sequence[Pair]) -> None:
    """Leaves these pairs to be looked at. Doing it again does nothing new."""
    both = Outcome.objects.in_bulk({pk for pair in pairs for pk in pair})
    for first, second in pairs:
        if not SimilarOutcomes.objects.filter(first=first, second=second).exists():
            store(SimilarOutcomes(), {"first": both[first], "second": both[second]})


@action("outcome.update")
def tell_outcomes_apart(caller: Caller, /, pair: SimilarOutcomes) -> SimilarOutcomes:
    """Says that the two are two: nobody is asked about them again. Who leads one of them may."""
    return store(pair, {"apart_at": caller.now, "apart_by": caller.account})


@action("outcome.update")
def ask_again_about_outcomes(caller: Caller, /, pair: SimilarOutcomes) -> SimilarOutcomes:
    """Takes back that they are two."""
    return store(pair, {"apart_at": None, "apart_by": None})
