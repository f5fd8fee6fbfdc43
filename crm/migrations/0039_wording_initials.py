"""Follow-ups and documents are found by the initial consonants of their titles, as outcomes are."""

from typing import Any

from django.db import migrations, models

from crm.models import guard
from crm.values.names import initial_lines

_AT_ONCE = 2000


def fill(apps: Any, schema_editor: Any) -> None:
    wording = apps.get_model("crm", "Wording")
    rows = wording.objects.order_by("pk")
    part = list(rows[:_AT_ONCE])
    # Worked out of what is there already: nothing was changed that a history or the feed could tell of.
    with guard.declared(wording._meta.db_table):
        while part:
            for row in part:
                row.initials = initial_lines(row.text)
            wording.objects.bulk_create(part, update_conflicts=True, unique_fields=["id"], update_fields=["initials"])
            part = list(rows.filter(pk__gt=part[-1].pk)[:_AT_ONCE])


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0038_what_a_reader_was_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="wording",
            name="initials",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
