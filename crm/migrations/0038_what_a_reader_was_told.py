from typing import Any

from django.db import migrations, models

from crm.models import guard


def forget_what_was_caught_up_with(apps: Any, schema_editor: Any) -> None:
    """Who started over has caught up: its places count as of a sight that never changed."""
    reader = apps.get_model("crm", "FeedReader")
    with guard.declared(reader._meta.db_table):
        reader.objects.filter(has_restarted=True).update(changed_at_seq=0)


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0037_hidden_columns"),
    ]

    operations = [
        migrations.AddField(model_name="feedreader", name="told", field=models.JSONField(default=dict)),
        migrations.RunPython(forget_what_was_caught_up_with, migrations.RunPython.noop),
        migrations.RemoveField(model_name="feedreader", name="has_restarted"),
    ]
