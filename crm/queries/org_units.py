"""Org units that may be chosen, and those that carry open work."""

from datetime import date

from django.db.models import Q, QuerySet

from crm.models import OrgUnit


def units_in_force(today: date) -> QuerySet[OrgUnit]:
    """Units that may be chosen on that day, by name. A succession without a stated day is in force."""
    replaced = Q(successions__in_force_from__isnull=True) | Q(successions__in_force_from__lte=today)
    ended = OrgUnit.objects.filter(replaced, successions__archived_at=None, successions__isnull=False).values("pk")
    found = OrgUnit.objects.filter(archived_at=None).filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return found.exclude(pk__in=ended).order_by("name", "id")
