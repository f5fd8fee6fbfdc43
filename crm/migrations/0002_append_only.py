from django.db import migrations

from crm.models import triggers


class Migration(migrations.Migration):
    dependencies = [("crm", "0001_initial")]

    operations = [migrations.RunPython(triggers.apply_in_migration, triggers.undo_in_migration)]
