"""Put the business of organisations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("visits_visit"),
        WallTable("visits_case"),
        WallTable("visits_visitsuggestion"),
    ]
