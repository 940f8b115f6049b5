"""Coming in: passwords, lockout, the second factor, the example's buttons, and the headers of every answer."""

import pytest
from django.test import Client
from django.urls import reverse

from hearth.apps.accounts.models import User
from hearth.apps.directory import actions
from hearth.apps.directory.models import House
from hearth.apps.directory.states import Role
from hearth.lib.wall import scope
from tests.apps import houses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("static")]
PASSWORD = "a-long-Quiet-word-42"


@pytest.fixture
def house() -> houses.House:
    return houses.build()


@pytest.fixture
def officer(house: houses.House) -> User:
    by = house.officer()
    with scope(house.city.path):
        user = actions.open_account(person=house.person, username="zhao", password=PASSWORD, by=by)
        actions.appoint(user=user, org=house.city, role=Role.OFFICER, by=by)
    return user


def sign_in(client: Client, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": "zhao", "password": password})


def test_staff_without_a_second_factor_are_led_to_set_one_up(officer: User) -> None:
    client = Client()
    assert sign_in(client).status_code == 302
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer.url == reverse("mfa_activate_totp")
    assert client.get(answer.url, follow=True).status_code == 200


def test_a_partner_needs_none(house: houses.House, officer: User) -> None:
    officer.memberships.update(role=Role.COMPANY)
    client = Client()
    sign_in(client)
    assert client.get("/partner/").status_code == 200


def test_five_wrong_passwords_lock_the_account(officer: User) -> None:
    client = Client()
    statuses = [sign_in(client, "wrong").status_code for _ in range(6)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    assert sign_in(client).status_code == 429


def test_an_unknown_name_and_a_wrong_password_answer_alike(officer: User) -> None:
    unknown = Client().post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    wrong = sign_in(Client(), "wrong")
    assert unknown.status_code == wrong.status_code == 200
    assert unknown.context["form"].errors == wrong.context["form"].errors


def test_one_click_sign_ins_exist_in_the_example_only(house: houses.House, officer: User) -> None:
    client = Client()
    assert client.post(reverse("public:enter", args=["zhao"])).status_code == 404
    assert "zhao" not in client.get(reverse("account_login")).content.decode()
    with scope(house.province.path):
        actions.declare_example(by=house.officer(house.province))
    assert "/enter/zhao/" in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("public:enter", args=["zhao"])).url == reverse("desk:home")
    assert client.get("/desk/").status_code == 200


def test_a_house_without_accounts_says_how_to_begin(house: houses.House) -> None:
    shown = Client().get(reverse("account_login")).content.decode()
    assert "./hearth load" in shown
    assert "./hearth manage changepassword" in shown


def test_a_house_with_an_account_keeps_the_beginning_to_itself(officer: User) -> None:
    assert "./hearth" not in Client().get(reverse("account_login")).content.decode()


def test_nobody_signs_up_alone() -> None:
    assert Client().get("/account/signup/").status_code == 404


def test_somebody_dismissed_is_out_at_the_next_request(house: houses.House, officer: User) -> None:
    officer.memberships.update(role=Role.COMPANY)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/partner/").status_code == 200
    officer.memberships.all().delete()
    assert client.get("/partner/").status_code == 403


def test_a_wrong_host_is_refused() -> None:
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


def test_every_answer_forbids_foreign_scripts_and_signed_in_ones_are_not_cached(officer: User) -> None:
    House.objects.update(example=True)
    client = Client()
    assert "script-src 'self'" in client.get("/").headers["Content-Security-Policy"]
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/").headers["Cache-Control"] == "private, no-store"


def test_a_failure_keeps_nothing_and_shows_nothing_of_itself(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    House.objects.update(example=True)

    def fail(*args: object) -> None:
        User.objects.filter(pk=officer.pk).update(name="changed")
        raise RuntimeError("secret detail")

    monkeypatch.setattr("hearth.web.ui.views.home_of", fail)
    client = Client(raise_request_exception=False)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("ui:act"), {"membership": "x"})
    assert answer.status_code == 500
    assert "secret detail" not in answer.content.decode()
    officer.refresh_from_db()
    assert officer.name == "赵一"
