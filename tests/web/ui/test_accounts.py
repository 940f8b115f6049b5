"""Signing in, as people see it."""

import pytest
from allauth.account.forms import LoginForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.template import engines
from django.test import Client
from lxml import html

from hearth.apps.directory.models import Membership
from hearth.apps.directory.states import Role
from tests.apps import houses

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]
PASSWORD = "a long enough secret"


@pytest.fixture
def user():
    house = houses.build()
    user = get_user_model().objects.create_user("zhao", password=PASSWORD)
    Membership.objects.create(user=user, org=house.city, role=Role.OFFICER)
    Membership.objects.create(user=user, org=house.enterprise, role=Role.COMPANY)
    return user


@pytest.fixture
def client(settings):
    cache.clear()
    settings.SECOND_FACTOR_REQUIRED = False
    return Client()


def sign_in(client: Client, password: str = PASSWORD):
    return client.post("/account/login/", {"login": "zhao", "password": password})


def page(response) -> html.HtmlElement:
    return html.fromstring(response.content)


def test_a_wrong_password_is_told_in_a_summary(client, user):
    found = page(sign_in(client, "wrong"))

    assert found.xpath("string(//*[@data-faults]//li)") == "您提供的用户名或密码不正确。"


def test_too_many_wrong_passwords_lock_and_say_so(client, user, settings):
    settings.AXES_LOCKOUT_TEMPLATE = "ui/locked.html"
    settings.ACCOUNT_RATE_LIMITS = False
    answers = [sign_in(client, "wrong") for _ in range(settings.AXES_FAILURE_LIMIT)]

    assert answers[-1].status_code == 429
    assert page(answers[-1]).xpath("string(//h1)") == "暂时锁住了"


def test_the_example_lets_in_by_one_click():
    people = [{"username": "zhou", "role": "干事", "organisation": "甲市科协"}]
    template = engines["django"].get_template("account/login.html")
    request = Client().get("/account/login/").wsgi_request
    form = html.fromstring(template.render({"example_people": people, "form": LoginForm()}, request))

    assert form.xpath("//form[@action='/enter/zhou/']//button//b/text()") == ["甲市科协"]


def test_one_switches_between_organisations(client, user):
    sign_in(client)
    company = user.memberships.get(role=Role.COMPANY)

    assert client.post("/act/", {"membership": company.pk}).url == "/partner/"
    assert page(client.get("/partner/")).xpath("string(//header/span)") == "丑厂"


@pytest.mark.parametrize("chosen", ["", "x", "-1"])
def test_a_membership_that_is_none_changes_nothing(client, user, chosen):
    sign_in(client)

    assert client.post("/act/", {"membership": chosen}).url == "/desk/"


def test_nobody_acts_for_an_organisation_of_others(client, user):
    other = get_user_model().objects.create_user("qian")
    foreign = Membership.objects.create(user=other, org=user.memberships.first().org, role=Role.LEADER)
    sign_in(client)

    assert client.post("/act/", {"membership": foreign.pk}).status_code == 404


def test_the_desk_offers_each_membership_and_the_way_out(client, user):
    sign_in(client)
    menu = page(client.get("/desk/")).xpath("//details[contains(@class,'h-me')][contains(@class,'h-wide')]")[
        0
    ]

    assert menu.xpath(".//form[@action='/act/']//button/text()") == ["甲市科协　", "丑厂　"]
    assert menu.xpath("count(.//form[@action='/account/logout/'])") == 1


@pytest.mark.parametrize("path", ["/account/2fa/", "/account/password/change/", "/account/logout/"])
def test_a_page_of_the_account_stands_in_the_house(client, user, path):
    sign_in(client)
    found = page(client.get(path))

    assert found.xpath("count(//h1)") == 1
    assert found.xpath("//link[@rel='stylesheet']/@href") == [
        "/static/vendor/tabler/tabler.min.css",
        "/static/ui/hearth.css",
    ]


def test_the_second_factor_is_asked_for_and_opens(client, user):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    asked = sign_in(client)
    code = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]

    assert page(client.get(asked.url)).xpath("string(//h1)") == "第二道验证"
    assert client.post(asked.url, {"code": "000000"}).status_code == 200
    assert client.post(asked.url, {"code": code}).url == "/desk/"


def test_recovery_codes_are_listed_and_can_be_renewed(client, user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes(RecoveryCodes.activate(user).instance)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    confirm = client.post("/account/reauthenticate/", {"password": PASSWORD})
    listed = page(client.get("/account/2fa/recovery-codes/"))

    assert confirm.status_code == 302
    assert listed.xpath("//main//li/text()") == codes.get_unused_codes()


def test_what_is_not_there_says_so_in_the_look_of_the_house(client, user):
    sign_in(client)
    found = client.get("/desk/nothing/")

    assert (found.status_code, page(found).xpath("string(//h1)")) == (404, "没有这一页")


def test_a_form_that_lost_its_token_explains_itself(user):
    found = Client(enforce_csrf_checks=True).post("/account/login/", {})

    assert (found.status_code, page(found).xpath("string(//h1)")) == (403, "这一页放得太久了")


def test_the_language_can_be_changed(client):
    client.post("/language/", {"language": "en", "next": "/"})

    assert page(client.get("/")).get("lang") == "en"
