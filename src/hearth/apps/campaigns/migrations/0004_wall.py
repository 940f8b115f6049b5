"""Put consultations and what was answered behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_consultations"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("campaigns_consultation"),
        WallTable("campaigns_invitation"),
        WallTable("campaigns_opinion"),
    ]
