"""Put messages behind the wall."""

from django.db import migrations

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("house_messages", "0001_initial"),
        ("directory", "0002_wall"),
    ]

    operations = [WallTable("house_messages_message")]
