"""Keeps what a client was answered for as long as it may ask again."""

from datetime import datetime, timedelta
from typing import Any, Final

from crm.models import KeptAnswer, guard

KEPT_FOR: Final = timedelta(days=7)


def forget_old(now: datetime, **whose: Any) -> int:
    """Takes away the answers that have been kept their time, all of them or those of one request. Returns how many."""
    with guard.declared(KeptAnswer._meta.db_table):
        gone, _by_model = KeptAnswer.objects.filter(answered_at__lt=now - KEPT_FOR, **whose).delete()
    return gone
