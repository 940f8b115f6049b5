"""Put the business of organisations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("exchange_demand"),
        WallTable("exchange_offer"),
        WallTable("exchange_match"),
        WallTable("exchange_proposal"),
    ]
