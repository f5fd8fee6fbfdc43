"""What a file is refused with: every error with its place, and nothing written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One error at one place: a line number (from 1), or a path such as `outcomes[2].kind`."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class Refused(Exception):
    """The file is refused whole. `faults` says where and why; nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
