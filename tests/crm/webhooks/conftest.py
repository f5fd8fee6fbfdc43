"""A client with a webhook, and the receiver at its other end."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from crm.actions.accounts import issue_token
from crm.actions.base import Caller
from crm.actions.webhooks import open_webhook
from crm.models import Account, WebhookEndpoint
from crm.webhooks.sending import send_due
from tests.builders import Cast, make_cast, system
from tests.receiver import Receiver, receiving


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def opened(cast: Cast, receiver: Receiver) -> Callable[..., WebhookEndpoint]:
    """A webhook of an account that follows the feed."""

    def opened(
        account: Account = cast.client, scopes: tuple[str, ...] = ("read", "feed"), **fields: object
    ) -> WebhookEndpoint:
        issue_token(system(), account, "연계", list(scopes))
        wanted = {"label": "통계 시스템", "address": receiver.address, **fields}
        return open_webhook(system(), account, **wanted)  # type: ignore[arg-type]

    return opened


@pytest.fixture
def endpoint(opened: Callable[..., WebhookEndpoint]) -> WebhookEndpoint:
    return opened()


@pytest.fixture
def send() -> Callable[..., int]:
    """A round of sending, at once or so much later."""

    def send(later: timedelta = timedelta(0), at: datetime | None = None) -> int:
        def caller() -> Caller:
            return Caller(system().account, (at or timezone.now()) + later, "job")

        return send_due(caller)

    return send
