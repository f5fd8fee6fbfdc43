"""Contracts with a yearly amount and their years as they are listed: made whole where somebody looks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from reports.figures.listing import Listing
from reports.figures.outcomes import OutcomeHead


class YearState(StrEnum):
    """Of one year of a contract: its figure is there; not yet to be reported; to be reported by `due_on`; later than
    that; or no more to be reported, since the contract ended."""

    REPORTED = "reported"
    TO_COME = "to_come"
    DUE = "due"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One year of one contract in one currency. `agreed`: an amount of the rate's series that is stated for this very
    year; `realised`: what was reported for it. None: not stated, not yet reported."""

    year: int
    currency: str
    agreed: Decimal | None
    realised: Decimal | None
    state: str
    due_on: date


@dataclass(frozen=True, slots=True)
class YearlyContract:
    """One yearly rate of one outcome, in one series and currency. `rate` None: kept from the reader. `first_year` to
    `last_year` (None: open) is how long it runs. `total` is known where a term is. `years` stand with the leading
    series of the outcome only."""

    outcome: OutcomeHead
    series: str
    currency: str
    rate: Decimal | None
    as_reported: tuple[str, ...]
    term_years: int | None
    first_year: int
    last_year: int | None
    total: Decimal | None
    years: tuple[YearFigure, ...]


class YearOf(NamedTuple):
    """One year, and the contract that it is of."""

    contract: YearlyContract
    year: YearFigure


class ContractLine(NamedTuple):
    """What a contract is listed by. `is_open`: it has no term; `has_total`: its total is known, by a term. Neither of
    what is kept from the reader."""

    outcome: OutcomeHead
    series: str
    currency: str
    term_years: int | None
    first_year: int
    last_year: int | None
    is_open: bool
    has_total: bool
    years: tuple[YearFigure, ...]


class About(NamedTuple):
    """Of all contracts: whether some are open, of some a total is known, and some are of synthetic outcomes. `but_for`
    gives contracts, years and what is due of them with nothing said of these outcomes (ids by their digits)."""

    has_open: bool
    has_totals: bool
    is_synthetic: bool
    but_for: Callable[[Iterable[str]], "tuple[ContractListing, YearListing, DueListing]"]


class ContractListing(Listing[YearlyContract]):
    """The contracts in the order of their outcomes. `lines` says of each what it is listed by; its amounts are added up
    where somebody looks."""

    def __init__(
        self,
        lines: Sequence[ContractLine],
        read: Callable[[Sequence[ContractLine]], Sequence[YearlyContract]],
        about: About,
    ) -> None:
        super().__init__(lines, read)
        self.lines, self.about = lines, about


LineYear = tuple[ContractLine, YearFigure]
"""A year, and the line of the contract that it is of."""


class YearListing(Listing[YearOf]):
    """Years of contracts. `of_lines`: each with the line of its contract."""

    def __init__(self, of_lines: Sequence[LineYear], contracts: ContractListing) -> None:
        super().__init__(of_lines, self._made)
        self.of_lines, self._contracts = of_lines, contracts

    def _made(self, some: Sequence[LineYear]) -> list[YearOf]:
        contracts = self._contracts.read([line for line, _year in some])
        return [YearOf(contract, year) for contract, (_line, year) in zip(contracts, some, strict=True)]


class DueListing(YearListing):
    """The years whose figure is missing, by the day on which it is due. `by_day`: how many are due on which."""

    def __init__(
        self, of_lines: Sequence[LineYear], contracts: ContractListing, by_day: Sequence[tuple[date, int]]
    ) -> None:
        super().__init__(of_lines, contracts)
        self._by_day = by_day

    def before(self, day: date) -> int:
        """How many were due before that day."""
        return sum(number for due_on, number in self._by_day if due_on < day)
