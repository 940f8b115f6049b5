"""The three numbers and the digest that every return had become fields of a form like any other; walls for what is new."""

import hashlib
import json

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hearth.lib.wall import WallTable

WALLED = ("notices_notice", "notices_return")
NUMBERS = (
    ("sessions", "学习讨论场次", "场", "本单位组织的学习讨论，一次会计一场", "100000"),
    ("people", "参加人数", "人次", "参加学习讨论的人次，同一人参加两场计两次", "100000000"),
    ("outreach_events", "科普活动场次", "场", "本单位主办的科普活动，协办的不计", "100000"),
)
STUDY = [
    {
        "key": key,
        "label": label,
        "kind": "whole",
        "unit": unit,
        "definition": definition,
        "least": "0",
        "most": most,
        "required": True,
    }
    for key, label, unit, definition, most in NUMBERS
] + [{"key": "digest", "label": "心得摘要", "kind": "long"}]


def move(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """The owner of the tables is behind their wall too, so it is lowered for the time of the move."""
    with editor.connection.cursor() as cursor:
        for table in WALLED:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(
            "UPDATE notices_notice SET form = %s WHERE wants_return", [json.dumps(STUDY, ensure_ascii=False)]
        )
        cursor.execute(
            "UPDATE notices_return r SET form = %s WHERE due IS NOT NULL",
            [json.dumps(STUDY, ensure_ascii=False)],
        )
        cursor.execute(
            "UPDATE notices_return r SET contact = o.contact, phone = o.phone"
            " FROM directory_organisation o WHERE o.id = r.org_id"
        )
        cursor.execute(
            "SELECT id, org_id, org_path, notice_id, sent_back_because, sessions, people, outreach_events, digest"
            " FROM notices_return WHERE sent_on IS NOT NULL"
        )
        for returned, org, path, notice, because, *answers in cursor.fetchall():
            _keep(cursor, returned, (org, path), notice, because, answers)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in WALLED:
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _keep(cursor, returned, place, notice, because, answers):
    said = {one["key"]: text for one, text in zip(STUDY, answers, strict=True) if text not in (None, "")}
    told = {key: str(text) for key, text in said.items()}
    for key, value in said.items():
        number, text = (None, value) if key == "digest" else (value, "")
        cursor.execute(
            'INSERT INTO notices_answer (org_id, org_path, returned_id, notice_id, key, line, "column", number, text,'
            " counted) VALUES (%s, %s, %s, %s, %s, 0, '', %s, %s, true)",
            [*place, returned, notice, key, number, text],
        )
    cursor.execute(
        "INSERT INTO notices_version (org_id, org_path, returned_id, number, said, sent_at, sent_by,"
        " sent_back_because, field_reasons)"
        " SELECT org_id, org_path, id, 1, %s, updated_at, '', %s, '{}' FROM notices_return WHERE id = %s",
        [json.dumps(told, ensure_ascii=False), because, returned],
    )
    seal = hashlib.sha256(json.dumps(sorted(told.items()), ensure_ascii=False).encode()).hexdigest()
    cursor.execute("UPDATE notices_return SET version = 1, seal = %s WHERE id = %s", [seal, returned])


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_form"),
        ("directory", "0002_wall"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        *(migrations.RemoveField("return", one["key"]) for one in STUDY),
        WallTable("notices_answer"),
        WallTable("notices_version"),
        WallTable("notices_reminder"),
        WallTable("notices_duplicate"),
    ]
