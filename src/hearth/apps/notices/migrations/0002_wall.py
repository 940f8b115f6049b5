"""Put the business of organisations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("notices_notice"),
        WallTable("notices_return"),
    ]
