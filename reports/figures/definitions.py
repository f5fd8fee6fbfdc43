"""What each figure means, in words that the report prints, with a version. Message ids in English."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "quarterly-2"


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name and its rule. A changed rule gets a new version; published reports keep theirs."""

    key: str
    version: int
    name: Promise
    rule: Promise


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "count",
        1,
        _("Number of outcomes"),
        _(
            "Outcomes whose value date lies in the period, by kind. The value date is the signing date; where no "
            "source states one, the first day of the event. Provisional and unconfirmed outcomes stand beside, not "
            "inside, the confirmed ones. A promise of further talks is never counted as an MOU."
        ),
    ),
    Definition(
        "stages",
        1,
        _("Outcomes by stage"),
        _(
            "The outcomes of the period, each once, at the stage that the ledger states at the as-of time; for an "
            "investment MOU the stage is its fulfilment status. A later step changes no earlier report."
        ),
    ),
    Definition(
        "money",
        2,
        _("Amounts"),
        _(
            "Signed ledger entries by kind, series and currency. No sum crosses a series, a kind or a currency. An "
            "annual amount without a term is a rate: it stands in its own column and in no total. With a term the "
            "total is derived: the annual amount times the years of the term that are not stated by themselves, plus "
            "those that are. An amount whose basis no source states stands in a column of its own too."
        ),
    ),
    Definition(
        "expected",
        1,
        _("Expected contracts, by rule"),
        _(
            "disjoint: confirmed expected contracts, totals only. onsite_inside_expected: the same plus confirmed "
            "on-site contracts. No other rungs of the export ladder are ever added."
        ),
    ),
    Definition(
        "jobs",
        1,
        _("Jobs"),
        _("Jobs pledged (announced) and jobs realised, by kind, each on its own: the two are never added."),
    ),
    Definition(
        "krw",
        1,
        _("KRW conversion"),
        _(
            "Base rate of the entry's value date, kept in the entry with its date and source; on days without a posted "
            "rate the last posted one holds, for ten days at most. Without a rate the KRW value is unknown (–)."
        ),
    ),
    Definition(
        "fulfilment",
        1,
        _("Fulfilment rate of investment MOUs"),
        _(
            "All confirmed investment MOUs signed up to the cut-off date. Count: MOUs with status 'invested' / all. "
            "Amount: realised / announced, in KRW, totals only. Jobs: realised / pledged. MOUs whose announced or "
            "realised amount is unknown in KRW, annual or without a stated basis are named as left out of the amounts."
        ),
    ),
    Definition(
        "coverage",
        1,
        _("Evidence coverage"),
        _(
            "Ledger entries of the period that stand, by evidence grade. Covered are those that rest on a signed "
            "document, an official record or the partner's confirmation."
        ),
    ),
    Definition(
        "collaboration",
        1,
        _("Collaboration between departments"),
        _(
            "Response rate: requests asked in the period that are answered / all of them, without those taken back "
            "unanswered. Mean days to concur: from asking to the answer that stands, with fractions of a day. Share "
            "across departments: confirmed and provisional outcomes of the period with at least one cooperating unit "
            "other than the lead unit / all of them."
        ),
    ),
    Definition(
        "attribution",
        1,
        _("By event and by unit"),
        _(
            "Confirmed outcomes of the period, each figure times its share. Shares of events add to 100 %, those of "
            "units too. Where none is stated the whole falls to the outcome's event, or to its lead unit; where there "
            "is none, it stands as not attributed. The parts of a figure add to the figure."
        ),
    ),
)
