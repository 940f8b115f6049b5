"""Put the replies to recommendations behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_answers"),
        ("directory", "0002_wall"),
    ]

    operations = [
        WallTable("exchange_reply"),
    ]
