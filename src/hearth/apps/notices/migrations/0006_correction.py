"""Corrections of papers, sent to whoever was given the first."""

import django.db.models.deletion
from django.db import migrations, models

from hearth.lib.wall import WallTable


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_house_name"),
        ("files", "0001_initial"),
        ("notices", "0005_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("org_path", models.CharField(db_collation="C", editable=False, max_length=120)),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="文号")),
                ("text", models.TextField(verbose_name="正文")),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="送达时间")),
                ("acknowledged_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                (
                    "org",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "returned",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="notices.return",
                    ),
                ),
                (
                    "word",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                        verbose_name="公文",
                    ),
                ),
            ],
            options={
                "verbose_name": "更正件",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("returned", "word"), name="correction_once_a_receiver")
                ],
            },
        ),
        WallTable("notices_correction"),
    ]
