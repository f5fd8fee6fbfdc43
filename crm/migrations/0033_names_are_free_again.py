"""The name of a record that was put away is free; a feed knows whether it was ever begun anew."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("crm", "0032_changes_of_others")]

    operations = [
        migrations.RemoveConstraint(model_name="externalid", name="external_id_once"),
        migrations.RemoveConstraint(model_name="externalid", name="one_external_id_a_source"),
        migrations.AddConstraint(
            model_name="externalid",
            constraint=models.UniqueConstraint(
                condition=Q(archived_at=None), fields=("source", "record_type", "value"), name="external_id_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="externalid",
            constraint=models.UniqueConstraint(
                condition=Q(archived_at=None),
                fields=("source", "record_type", "record_id"),
                name="one_external_id_a_source",
            ),
        ),
        migrations.AddField(
            model_name="feedstate",
            name="is_first",
            field=models.BooleanField(default=True),
        ),
    ]
