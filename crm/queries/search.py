"""Finding records by name, alias and initial consonants, and outcomes by what is written on them."""

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import and_
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Lower, Replace, StrIndex
from django.db.models.lookups import GreaterThan

from crm.models import (
    Demonstration,
    Document,
    Event,
    LedgerEntry,
    ListedOutcome,
    Organisation,
    OrganisationAlias,
    Outcome,
    Party,
    PitchEntry,
    Programme,
    Record,
    Wording,
)
from crm.queries.few import FEW
from crm.queries.standing_entries import standing_entries
from crm.values.measures import Measure
from crm.values.money import AmountError, parse_amount
from crm.values.names import clean, company_key, folded, has_syllables, initials, is_initials
from crm.values.registration_numbers import digits_of

R = TypeVar("R", bound=Record)
# Words are looked up that many at a time until enough of what they stand on may be shown.
AT_ONCE: Final = 200
# By what a record is called, in one of two ways; what is said beside it; and the day that it stands under.
_CALLED: Final[dict[type[Record], tuple[str, str, str, str]]] = {
    Event: ("name", "name_en", "kind", "starts_on"),
    Programme: ("name", "name_en", "", ""),
    Demonstration: ("title", "technology", "technology", "starts_on"),
    PitchEntry: ("title", "technology", "event__name", "event__starts_on"),
}
# A text names no currency that is read in either.
_READ_AS: Final = ("KRW", "USD")
# Without a currency what is less is rather a year or a part of a number than an amount.
_LEAST: Final = Decimal(10_000)
# Companies of that many that a text finds lead on to their outcomes.
NAMED_FEW: Final = 50
# Two words of two syllables each.
_SHORTEST_OF_TWO: Final = 4
# Of a longer text the rest is one word.
_MOST_WORDS: Final = 6
_YEAR_WRITTEN_TO: Final = re.compile(r"(?<=[^\W\d_])(?=(?:19|20)\d\d\b)")
# Of the same few thousand names, letter by letter.
_initials_of = functools.lru_cache(maxsize=20_000)(initials)


class Worth(NamedTuple):
    """An amount that is looked for. `currency` is "" where the text names none."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Called:
    """A record found by what it is called. `about` is the kind of an event, the technology of a demonstration, the
    competition of a pitch."""

    id: UUID
    name: str
    about: str
    day: date | None


def organisations_matching(text: str) -> QuerySet[Organisation]:
    """Unarchived organisations whose name, English name, alias or number contains the text, by name; of initial
    consonants (ㅂㅌㅍㄹ) those with a name or alias whose initials contain them."""
    found = Organisation.objects.filter(archived_at=None).order_by("key", "id")
    typed = clean(text)
    return found.filter(_named(typed)) if typed else found


def _named(typed: str) -> Q:
    aliases = OrganisationAlias.objects.filter(organisation=OuterRef("pk"), archived_at=None)
    if is_initials(typed):
        letters = {"initials__contains": initials(typed)}
        return Q(**letters) | Q(name__icontains=typed) | Q(Exists(aliases.filter(**letters)))
    key = {"key__contains": company_key(typed)}
    named = Q(**key) | Q(name_en__icontains=typed) | Q(Exists(aliases.filter(**key)))
    digits = digits_of(typed)
    return named | Q(_numbered(digits)) if digits else named


def _numbered(digits: str) -> GreaterThan:
    return GreaterThan(StrIndex(Replace("business_registration_number", Value("-"), Value("")), Value(digits)), 0)


def written_on(model: type[Record], text: str) -> QuerySet[Wording]:
    """The words of records of this kind that contain those of the text, or have the initials that it is, the latest
    recorded first."""
    found = Wording.objects.filter(record_type=model.feed_type)
    return found.filter(_each(_words_of(clean(text)), _titled)).order_by("-id")


def _contains(column: str | Replace, text: str) -> GreaterThan:
    return GreaterThan(StrIndex(column, Value(text)), 0)


def _titled(word: str) -> Q:
    """Of listed outcomes and of words those with the word in what is written, or with titles of the initials that it
    is: consonants that are written as such are initials too."""
    if is_initials(word):
        return Q(_contains("initials", initials(word)))
    if not _is_run_together(word):
        return Q(_holds("text", word))
    # Initials know no spaces. They are short and few have them: only theirs is taken apart.
    return Q(_contains("initials", initials(folded(word)))) & _spaces_aside("text", word)


def _is_run_together(word: str) -> bool:
    """Whether a word may be several that others write apart (수출계약, 수출 계약): Korean is spaced as one likes. In
    shorter ones most would be found by chance, across two words (시민 in 도시 민간)."""
    return len(word) >= _SHORTEST_OF_TWO and has_syllables(word)


def _spaces_aside(column: str | Lower, word: str) -> Q:
    return Q(_contains(Replace(column, Value(" "), Value("")), folded(word).replace(" ", "")))


def _holds(column: str, text: str) -> GreaterThan:
    return _contains(column, folded(text))


def _words_of(text: str) -> list[str]:
    """What is looked for of a clean text, each by itself and all of it, what stands on fewest records first. So
    `수출 계약` finds 수출계약, and `벤텍 수출` what was agreed with that company. A year stands apart from what it is
    written to (CES2023), initials stay together."""
    if is_initials(text):
        return [text]
    words = _YEAR_WRITTEN_TO.sub(" ", text).split(maxsplit=_MOST_WORDS - 1)
    return sorted(dict.fromkeys(words), key=lambda word: (word.isalpha(), -len(word)))


def _each(words: Iterable[str], found: Callable[[str], Q]) -> Q:
    """Those that are found by each of the words."""
    return functools.reduce(and_, map(found, words), Q())


def first_written_on(model: type[R], found: Callable[[], QuerySet[R]], text: str, wanted: int) -> list[R]:
    """The latest recorded of the found records with the text, or the initials that it is, in a title, number or file's
    name. `found` is asked for them only where words hold the text."""
    rows: list[R] = []
    wordings = written_on(model, text)
    while len(rows) < wanted and (part := list(wordings.values_list("id", "record_id")[:AT_ONCE])):
        known = found().in_bulk([record for _wording, record in part])
        rows += [known[record] for _wording, record in part if record in known]
        if len(part) < AT_ONCE:
            break
        wordings = wordings.filter(id__lt=part[-1][0])
    return rows[:wanted]


def listed_with(found: QuerySet[ListedOutcome], text: str, kept: Q | None = None) -> QuerySet[ListedOutcome]:
    """Those of the outcomes of which title, other names, content and parties contain each word of the text, or the
    initials that it is, or a party is called so, or of which a standing entry states the amount that it is; of those
    whose content is kept from the reader, the content, the document number and the amounts tell nothing."""
    typed = clean(text)
    open_to_all = Q() if kept is None else ~kept
    words = _words_of(typed)
    naming = _spelt(words)

    def said(word: str) -> Q:
        written = _titled(word) | (Q(_holds("kept", word)) & open_to_all)
        return written | _with_party_named(word) if word in naming else written

    wanted = _each(words, said)
    if len(words) > 1 or not naming:
        wanted |= _with_party_named(typed)
    if worth := amount_in(typed):
        wanted |= Q(pk__in=_stating(worth).values("outcome_id")) & open_to_all
    return found.filter(wanted)


def _spelt(words: Sequence[str]) -> list[str]:
    """Those of several words that may name a company. A number among words is a year, an amount or a running number
    sooner than a part of somebody's registration number, which is found where it is all of the text."""
    return [word for word in words if any(map(str.isalpha, word))]


def _with_party_named(typed: str) -> Q:
    named = organisations_matching(typed).order_by().values("pk")
    parties = Party.objects.filter(_IsOneOf(F("organisation_id"), Subquery(named)), archived_at=None)
    return Q(pk__in=parties.values("outcome_id"))


class _IsOneOf(Func):
    """Whether a column holds one of the ids of a subquery, most of which name few. PostgreSQL takes any subquery for
    half of all that there are, and would go through every row: of an array it expects ten."""

    output_field = BooleanField()
    template = "%(expressions)s"
    arg_joiner = " IN "

    def as_postgresql(self, compiler: Any, connection: Any, **how: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY", **how)


def outcomes_named(found: QuerySet[Outcome], text: str, kept: Q | None = None) -> QuerySet[Outcome]:
    """The same of the records themselves; all of them where there is no text."""
    if not clean(text):
        return found
    return found.filter(pk__in=listed_with(ListedOutcome.objects.all(), text, kept).values("pk"))


def _naming_few(words: Sequence[str]) -> set[str]:
    """Those of the words that name companies, and not more than NAMED_FEW: a word that names more says too little."""
    if not words:
        return set()
    counts = {str(place): Count("pk", filter=_named(word)) for place, word in enumerate(words)}
    # One group of all that are not archived.
    counted = Organisation.objects.filter(archived_at=None).order_by().values("archived_at").annotate(**counts)
    rows: Iterable[tuple[int, ...]] = counted.values_list(*counts)
    return {word for row in rows for word, number in zip(words, row, strict=True) if 0 < number <= NAMED_FEW}


def outcomes_written(found: QuerySet[ListedOutcome], text: str, wanted: int) -> list[UUID]:
    """The latest recorded of these outcomes with the text, or the initials that it is, in a title, another name or the
    code; of several words each there or in the name of a party, of those that name few."""
    words = _words_of(clean(text))
    naming = _naming_few(_spelt(words)) if len(words) > 1 else set()

    def said(word: str) -> Q:
        return _titled(word) | _with_party_named(word) if word in naming else _titled(word)

    # The words first: of a hundred thousand few have them, and only of those is asked who may read them.
    having = ListedOutcome.objects.filter(_each(words, said)) & found
    written = having.order_by().values_list("created_at", "pk")
    few = list(written[: FEW + 1])
    latest = sorted(few, reverse=True) if len(few) <= FEW else written.order_by("-created_at", "-outcome_id")
    return [pk for _created_at, pk in latest[:wanted]]


def outcomes_numbered(text: str) -> QuerySet[Outcome]:
    """Unarchived outcomes of exactly this document number, latest first."""
    return Outcome.objects.filter(document_number=clean(text), archived_at=None).order_by("-signed_on", "id")


def outcomes_of(organisations: Sequence[UUID]) -> QuerySet[Outcome]:
    """Unarchived outcomes to which one of these is a party, latest first."""
    parties = Party.objects.filter(organisation__in=organisations, archived_at=None).values("outcome_id")
    return Outcome.objects.filter(pk__in=parties, archived_at=None).order_by("-signed_on", "id")


def outcomes_worth(worth: Worth) -> QuerySet[Outcome]:
    """Unarchived outcomes of which a standing entry states exactly this amount."""
    stated = _stating(worth).values("outcome_id")
    return Outcome.objects.filter(pk__in=stated, archived_at=None).order_by("-signed_on", "id")


def _stating(worth: Worth) -> QuerySet[LedgerEntry]:
    # An exact decimal is kept as a whole number: to the types its column takes none else.
    stating = standing_entries().filter(measure=Measure.MONEY, value=worth.value, outcome__isnull=False)  # type: ignore[misc]
    return stating.filter(currency=worth.currency) if worth.currency else stating


def amount_in(text: str) -> Worth | None:
    """The amount that the text is, if it is one: `1천만 달러`, or `10,000,000` and `1천만` of any currency."""
    try:
        read = [parse_amount(text, default) for default in _READ_AS]
    except AmountError:
        return None
    value, currency = read[0].value, read[0].currency
    if all(one.currency == currency for one in read):
        return Worth(value, currency)
    return Worth(value, "") if value >= _LEAST else None


def documents_present() -> QuerySet[Document]:
    """Unarchived documents with what they are about."""
    return Document.objects.filter(archived_at=None).select_related("outcome", "event", "organisation")


def called(text: str, *found: QuerySet[Any]) -> dict[type[Record], list[Called]]:
    """Of these events, programmes, demonstrations and pitches the unarchived ones with the text, or the initials that
    it is, in a name or title, the latest first: of all the kinds in one query."""
    typed = clean(text)
    first, *others = (_told(records, typed) for records in found)
    rows: Iterable[tuple[Any, ...]] = first.union(*others, all=True) if others else first
    if is_initials(typed):
        letters = initials(typed)
        rows = [row for row in rows if any(letters in _initials_of(name) for name in row[2:4])]
    by_type: dict[type[Record], list[Called]] = {records.model: [] for records in found}
    types = {model.feed_type: model for model in by_type}
    for of, pk, name, _also, about, day in rows:
        by_type[types[of]].append(Called(pk, name, about, day))
    for some in by_type.values():
        some.sort(key=lambda one: (-(one.day or date.max).toordinal(), one.name, one.id))
    return by_type


def _told(found: QuerySet[Any], typed: str) -> QuerySet[Any, Any]:
    name, also, about, day = _CALLED[found.model]
    found = found.filter(archived_at=None).order_by()
    if not is_initials(typed):
        found = found.filter(called_so(found, typed))
    columns = {
        "of_type": Value(found.model.feed_type, output_field=CharField()),
        "called": F(name),
        "called_too": F(also),
        "about_it": F(about) if about else Value("", output_field=CharField()),
        "on_day": F(day) if day else Value(None, output_field=DateField()),
    }
    told: QuerySet[Any, Any] = found.annotate(**columns)
    return told.values_list("of_type", "pk", "called", "called_too", "about_it", "on_day")


def called_so(found: QuerySet[Any], text: str) -> Q:
    """Whether a record is of those found that have the text, or the initials that it is, in a name or title."""
    typed = clean(text)
    if is_initials(typed):
        return Q(pk__in=[one.id for one in called(typed, found)[found.model]])
    name, also, *_about = _CALLED[found.model]

    def said(word: str) -> Q:
        so = Q(**{f"{name}__icontains": word}) | Q(**{f"{also}__icontains": word})
        return so | _spaces_aside(Lower(name), word) if _is_run_together(word) else so

    return _each(_words_of(typed), said)


def events_named(text: str) -> QuerySet[Event]:
    typed = clean(text)
    found = Event.objects.filter(archived_at=None).order_by("-starts_on", "id")
    return found.filter(called_so(found, typed)) if typed else found
