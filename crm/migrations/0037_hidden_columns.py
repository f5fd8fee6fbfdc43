from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0036_names_of_a_record"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalimportbatch",
            name="hidden_columns",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="hidden_columns",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
