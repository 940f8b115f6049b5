"""Put the contingency plan and its switches behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("contingency", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("contingency_planb"),
        WallTable("contingency_resource"),
        WallTable("contingency_change"),
        WallTable("contingency_switch"),
        WallTable("contingency_turn"),
        WallTable("contingency_call"),
    ]
