"""What lists and the ledger are read by, found by an index with and without statistics."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0022_report_schedules"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="listedoutcome",
            name="listed_by_stage",
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                fields=["status", "-created_at", "id", "archived_at", "outcome", "demonstration", "snoozed_until"],
                name="follow_ups_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(condition=models.Q(("reverses__isnull", False)), fields=["reverses"], name="reversals"),
        ),
        migrations.AddIndex(
            model_name="listedoutcome",
            index=models.Index(
                fields=[
                    "kind",
                    "stage",
                    "day",
                    "outcome_id",
                    "is_archived",
                    "disclosure",
                    "lead_unit_id",
                    "created_at",
                ],
                name="listed_by_stage",
            ),
        ),
    ]
