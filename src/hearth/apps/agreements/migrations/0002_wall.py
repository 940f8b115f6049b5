"""Put the business of organisations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("agreements_agreement"),
        WallTable("agreements_party"),
        WallTable("agreements_clause"),
        WallTable("agreements_undertaking"),
    ]
