"""Put the business of organisations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("outreach_outreachevent"),
        WallTable("outreach_material"),
        WallTable("outreach_holding"),
        WallTable("outreach_movement"),
    ]
