"""What a webhook tells and how it is signed and tried again: after Standard Webhooks (standardwebhooks.com)."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

# What the feed tells of, each with the name that scopes know it by.
TYPES: Final[dict[str, str]] = {
    "approval": "approvals",
    "chain_link": "chain-links",
    "concurrence": "concurrences",
    "consultation": "consultations",
    "contact": "contacts",
    "delegation": "delegations",
    "demonstration": "demonstrations",
    "directive": "directives",
    "document": "documents",
    "event": "events",
    "follow_up": "follow-ups",
    "fx_rate": "fx-rates",
    "judge": "judges",
    "ledger_entry": "ledger-entries",
    "org_unit": "org-units",
    "organisation": "organisations",
    "outcome": "outcomes",
    "participation": "participations",
    "partner_confirmation": "confirmations",
    "pitch_criterion": "criteria",
    "pitch_entry": "pitches",
    "programme": "programmes",
}
# About no record: that somebody tried the endpoint, and that the feed was begun anew.
TEST: Final = "test"
EPOCH: Final = "epoch"

# The standard's own schedule: how long after the attempt before. Together nearly 76 hours.
RETRIES: Final = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
# Longer than an attempt can last: who claimed a delivery for so long is dead.
CLAIM: Final = timedelta(minutes=5)
KEPT_AFTER_DELIVERY: Final = timedelta(days=90)
_PREFIX: Final = "whsec_"
_SECRET_BYTES: Final = 32


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class SwitchedOff(StrEnum):
    """Why nothing is sent to an endpoint."""

    BY_HAND = "by_hand"
    UNREACHABLE = "unreachable"
    GONE = "gone"


class Fault(StrEnum):
    """Why there is no answer, or none that counts."""

    NOT_ALLOWED = "not_allowed"
    UNKNOWN_NAME = "unknown_name"
    NO_CONNECTION = "no_connection"
    TOO_SLOW = "too_slow"
    WRONG_CERTIFICATE = "wrong_certificate"
    BROKEN_ANSWER = "broken_answer"
    REFUSED = "refused"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class Message:
    """A hint: what changed is read from the feed."""

    id: UUID
    type: str
    record_id: UUID
    version: int
    seq: int

    def body(self) -> bytes:
        told = {"type": self.type, "id": str(self.record_id), "version": self.version, "seq": self.seq}
        return json.dumps(told, separators=(",", ":")).encode()


def headers(message: Message, at: datetime, keys: Sequence[str]) -> dict[str, str]:
    """What makes the message verifiable by each of the secrets. `at` is aware."""
    moment = str(int(at.timestamp()))
    signed = b".".join((str(message.id).encode(), moment.encode(), message.body()))
    return {
        "webhook-id": str(message.id),
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{_signature(key, signed)}" for key in keys),
    }


def new_secret() -> str:
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def retry_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None where it was the last."""
    return RETRIES[attempts] if attempts < len(RETRIES) else None


def _signature(key: str, signed: bytes) -> str:
    plain = base64.b64decode(key.removeprefix(_PREFIX))
    return base64.b64encode(hmac.new(plain, signed, hashlib.sha256).digest()).decode()
