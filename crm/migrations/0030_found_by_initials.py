"""Other names of organisations, and titles of outcomes, are found by initial consonants as names are."""

from collections.abc import Callable
from typing import Any

from django.db import migrations, models

from crm.models import guard
from crm.values.names import initial_lines, initials

_AT_ONCE = 2000


def fill(apps: Any, schema_editor: Any) -> None:
    _fill(apps.get_model("crm", "OrganisationAlias"), lambda alias: initials(alias.key))
    _fill(apps.get_model("crm", "HistoricalOrganisationAlias"), lambda alias: initials(alias.key))
    _fill(apps.get_model("crm", "ListedOutcome"), lambda outcome: initial_lines(outcome.text))


def _fill(model: Any, initials_of: Callable[[Any], str]) -> None:
    key, rows = model._meta.pk.name, model.objects.order_by("pk")
    part = list(rows[:_AT_ONCE])
    # Worked out of what is there already: nothing was changed that a history or the feed could tell of.
    with guard.declared(model._meta.db_table):
        while part:
            for row in part:
                row.initials = initials_of(row)
            # In one statement each: an update of many rows to as many values takes the longer the more there are.
            model.objects.bulk_create(part, update_conflicts=True, unique_fields=[key], update_fields=["initials"])
            part = list(rows.filter(pk__gt=part[-1].pk)[:_AT_ONCE])


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0029_webhooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisationalias",
            name="initials",
            field=models.CharField(default="", editable=False, max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalorganisationalias",
            name="initials",
            field=models.CharField(default="", editable=False, max_length=500),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="organisationalias",
            index=models.Index(fields=["initials"], name="crm_organis_initial_bd69d5_idx"),
        ),
        migrations.AddField(
            model_name="listedoutcome",
            name="initials",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
