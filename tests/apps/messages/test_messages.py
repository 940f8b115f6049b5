"""Telling people: in the house to those with an account, by e-mail where an address is known."""

import smtplib

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import transaction

from hearth.apps.directory.models import Actor, Person
from hearth.apps.directory.states import Role
from hearth.apps.jobs import tasks
from hearth.apps.jobs.models import Job
from hearth.apps.messages import actions, queries
from hearth.apps.messages.actions import Reader
from hearth.apps.messages.models import Message
from hearth.apps.messages.states import Mail
from hearth.lib.wall import scope
from tests.apps import houses

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return houses.build()


@pytest.fixture
def reader(house) -> Reader:
    user = get_user_model().objects.create(username="zhao", name="赵一", email="zhao@hearth.invalid")
    with scope(house.city.path):
        Person.objects.filter(pk=house.person.pk).update(user=user)
        person = Person.objects.select_related("org", "user").get(pk=house.person.pk)
    return Reader.person(person)


def tell(house, *readers: Reader) -> list[Message]:
    with scope(house.city.path):
        return actions.tell(
            to=readers, subject="明天到期", text="方案还没有交。", href="/desk/", by=house.officer()
        )


def acting(house, reader: Reader) -> Actor:
    return Actor(org=house.city, role=Role.OFFICER, user_id=reader.user_id, name=reader.name)


def send_mails(house) -> Job:
    with scope(house.city.path):
        job = Job.objects.get(task="messages.send")
    tasks.run(job.pk, job.org_path)
    with scope(house.city.path):
        job.refresh_from_db()
    return job


def test_who_has_an_account_finds_it_unread_until_it_is_read(house, reader):
    tell(house, reader)
    by = acting(house, reader)
    with scope(house.city.path):
        assert [one.subject for one in queries.unread(by)] == ["明天到期"]
        assert actions.read(messages=queries.unread(by), by=by) == 1
        assert list(queries.unread(by)) == []
        assert [one.subject for one in queries.inbox(by)] == ["明天到期"]


def test_nobody_reads_or_marks_what_another_was_told(house, reader):
    tell(house, reader)
    other = Actor(org=house.city, role=Role.OFFICER, user_id=reader.user_id + 1, name="别人")
    with scope(house.city.path):
        assert list(queries.inbox(other)) == []
        assert actions.read(messages=Message.objects.all(), by=other) == 0


def test_with_a_mail_server_each_address_gets_one_letter_with_the_way_back(house, reader, settings):
    settings.MAIL_SET_UP, settings.ADDRESS = True, "https://kexie.invalid"
    tell(house, reader, Reader(house.city, "钱二", phone="000-1"))

    job = send_mails(house)
    tasks.run(job.pk, job.org_path)

    assert [(letter.to, letter.body) for letter in mail.outbox] == [
        (["zhao@hearth.invalid"], "方案还没有交。\n\nhttps://kexie.invalid/desk/")
    ]
    assert job.result == {"sent": 1, "failed": 0}
    with scope(house.city.path):
        assert dict(Message.objects.values_list("name", "mail")) == {"赵一": Mail.SENT, "钱二": Mail.NONE}


def test_a_letter_that_is_refused_keeps_its_reason_and_stops_no_other(house, reader, settings, monkeypatch):
    settings.MAIL_SET_UP = True
    tell(house, reader, Reader(house.city, "孙三", address="sun@hearth.invalid"))
    sent = mail.EmailMessage.send

    def refuse_one(letter: mail.EmailMessage) -> int:
        if letter.to == ["zhao@hearth.invalid"]:
            raise smtplib.SMTPRecipientsRefused({"zhao@hearth.invalid": (550, b"no such box")})
        return sent(letter)

    monkeypatch.setattr(mail.EmailMessage, "send", refuse_one)
    assert send_mails(house).result == {"sent": 1, "failed": 1}
    with scope(house.city.path):
        refused = Message.objects.get(name="赵一")
    assert refused.mail == Mail.FAILED
    assert "no such box" in refused.trouble


def test_without_a_mail_server_nothing_is_queued_and_the_message_says_so(house, reader):
    tell(house, reader)
    with scope(house.city.path):
        assert Message.objects.get().mail == Mail.OFF
        assert not Job.objects.exists()


def test_a_rolled_back_telling_tells_nobody(house, reader, settings):
    settings.MAIL_SET_UP = True
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(house, reader)
        raise RuntimeError
    with scope(house.city.path):
        assert not Message.objects.exists()
        assert not Job.objects.exists()
