"""Rebuilding the ledger's table takes its triggers away on SQLite: they are put back here."""

from typing import Any

from django.db import migrations, models

import crm.models.fields
from crm.models import triggers


def put_back(apps: Any, schema_editor: Any) -> None:
    triggers.drop(schema_editor.connection)
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0020_found_by_index"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, put_back),
        migrations.AddField(
            model_name="ledgerentry",
            name="value_quarter",
            field=models.GeneratedField(
                db_persist=True,
                expression=crm.models.fields.QuarterNumber("value_date"),
                output_field=models.IntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                fields=[
                    "kind",
                    "value_quarter",
                    "measure",
                    "series",
                    "standing",
                    "stage",
                    "currency",
                    "basis",
                    "evidence_grade",
                    "date_basis",
                    "value_date",
                    "recorded_at",
                    "approximate",
                    "derived_from",
                    "reverses",
                    "outcome",
                    "value",
                    "krw_value",
                ],
                name="ledger_by_class",
            ),
        ),
        migrations.RunPython(put_back, migrations.RunPython.noop),
    ]
