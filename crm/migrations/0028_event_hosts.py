"""Host, operator and sponsor of an event, as it names them itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0027_requests_are_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="host",
            field=models.CharField(blank=True, max_length=200, verbose_name="host"),
        ),
        migrations.AddField(
            model_name="event",
            name="operator",
            field=models.CharField(blank=True, max_length=200, verbose_name="operator"),
        ),
        migrations.AddField(
            model_name="event",
            name="sponsor",
            field=models.CharField(blank=True, max_length=200, verbose_name="sponsor"),
        ),
        migrations.AddField(
            model_name="historicalevent",
            name="host",
            field=models.CharField(blank=True, max_length=200, verbose_name="host"),
        ),
        migrations.AddField(
            model_name="historicalevent",
            name="operator",
            field=models.CharField(blank=True, max_length=200, verbose_name="operator"),
        ),
        migrations.AddField(
            model_name="historicalevent",
            name="sponsor",
            field=models.CharField(blank=True, max_length=200, verbose_name="sponsor"),
        ),
    ]
