"""The form of a return, its typed answers, versions, reminders and duplicates."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_house_name"),
        ("files", "0001_initial"),
        ("notices", "0003_word"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="form_told",
            field=models.JSONField(db_column="form", default=list, verbose_name="报送表"),
        ),
        migrations.AddField(
            model_name="notice",
            name="remind_after",
            field=models.BooleanField(default=True, verbose_name="逾期第二天提醒"),
        ),
        migrations.AddField(
            model_name="notice",
            name="remind_before",
            field=models.PositiveSmallIntegerField(default=2, null=True, verbose_name="期限前几天提醒"),
        ),
        migrations.AddField(
            model_name="return",
            name="contact",
            field=models.CharField(blank=True, max_length=40, verbose_name="联系人"),
        ),
        migrations.AddField(
            model_name="return",
            name="draft",
            field=models.JSONField(null=True, verbose_name="草稿"),
        ),
        migrations.AddField(
            model_name="return",
            name="drafted_at",
            field=models.DateTimeField(null=True, verbose_name="草稿存于"),
        ),
        migrations.AddField(
            model_name="return",
            name="field_reasons",
            field=models.JSONField(default=dict, verbose_name="各项退回原因"),
        ),
        migrations.AddField(
            model_name="return",
            name="form_told",
            field=models.JSONField(db_column="form", default=list, verbose_name="报送表"),
        ),
        migrations.AddField(
            model_name="return",
            name="phone",
            field=models.CharField(blank=True, max_length=30, verbose_name="电话"),
        ),
        migrations.AddField(
            model_name="return",
            name="seal",
            field=models.CharField(blank=True, max_length=64, verbose_name="答复的校验值"),
        ),
        migrations.AddField(
            model_name="return",
            name="stamp",
            field=models.CharField(
                choices=[
                    ("none", "没有盖章件"),
                    ("agrees", "和填报一致"),
                    ("differs", "和填报不一致"),
                    ("unread", "是扫描件，要人对照"),
                    ("confirmed", "已由人对照"),
                ],
                default="none",
                max_length=10,
                verbose_name="盖章件",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="stamp_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="采用数据的理由"),
        ),
        migrations.AddField(
            model_name="return",
            name="stamp_seen_by",
            field=models.CharField(blank=True, max_length=80, verbose_name="谁对照的"),
        ),
        migrations.AddField(
            model_name="return",
            name="version",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="第几次报送"),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("org_path", models.CharField(db_collation="C", editable=False, max_length=120)),
                ("key", models.CharField(max_length=40, verbose_name="栏目")),
                ("line", models.PositiveSmallIntegerField(default=0, verbose_name="行")),
                ("column", models.CharField(blank=True, max_length=40, verbose_name="栏")),
                (
                    "number",
                    models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name="数"),
                ),
                ("text", models.TextField(blank=True, verbose_name="文字")),
                ("counted", models.BooleanField(default=True, verbose_name="计入汇总")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.file",
                        verbose_name="文件",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
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
                        related_name="answers",
                        to="notices.return",
                    ),
                ),
            ],
            options={
                "verbose_name": "报送的一项",
                "ordering": ["returned", "key", "line", "column"],
                "abstract": False,
                "indexes": [models.Index(fields=["notice", "key"], name="answer_by_field")],
                "constraints": [
                    models.UniqueConstraint(fields=("returned", "key", "line", "column"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file", None), ("number__isnull", False), ("text", "")),
                            models.Q(("file", None), ("number", None), models.Q(("text", ""), _negated=True)),
                            models.Q(("file__isnull", False), ("number", None), ("text", "")),
                            _connector="OR",
                        ),
                        name="answer_says_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duplicate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("org_path", models.CharField(db_collation="C", editable=False, max_length=120)),
                ("key", models.CharField(max_length=40, verbose_name="表格")),
                ("owner_line", models.PositiveSmallIntegerField(verbose_name="行")),
                ("copy_line", models.PositiveSmallIntegerField(verbose_name="重复的行")),
                ("confirmed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "copy",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="notices.return",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duplicates",
                        to="notices.notice",
                    ),
                ),
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="notices.return",
                    ),
                ),
            ],
            options={
                "verbose_name": "重复的活动",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("copy", "key", "copy_line"), name="duplicate_of_one_owner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("copy")), _negated=True),
                        name="duplicate_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("org_path", models.CharField(db_collation="C", editable=False, max_length=120)),
                (
                    "occasion",
                    models.CharField(
                        choices=[("before", "期限前"), ("after", "逾期"), ("hand", "催办")],
                        max_length=8,
                        verbose_name="缘由",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("told", models.PositiveSmallIntegerField(default=0, verbose_name="告诉几人")),
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
                        related_name="reminders",
                        to="notices.return",
                    ),
                ),
            ],
            options={
                "verbose_name": "催办记录",
                "ordering": ["-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("occasion", "hand"), _negated=True),
                        fields=("returned", "occasion"),
                        name="reminded_once_an_occasion",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("org_path", models.CharField(db_collation="C", editable=False, max_length=120)),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("said", models.JSONField(verbose_name="内容")),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="报送时间")),
                ("sent_by", models.CharField(max_length=80, verbose_name="谁报的")),
                ("sent_back_because", models.CharField(blank=True, max_length=300, verbose_name="退回原因")),
                ("field_reasons", models.JSONField(default=dict, verbose_name="各项退回原因")),
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
                        related_name="versions",
                        to="notices.return",
                    ),
                ),
            ],
            options={
                "verbose_name": "报送的一次",
                "ordering": ["-number"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("returned", "number"), name="version_once")],
            },
        ),
    ]
