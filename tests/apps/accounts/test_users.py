import pytest

from hearth.apps.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_user_is_called_by_name_and_without_one_by_login():
    named = User.objects.create_user(username="zhao", name="赵一", password="a-long-one-42")
    assert (str(named), named.get_full_name(), named.get_short_name()) == ("赵一", "赵一", "赵一")
    assert str(User(username="zhao")) == "zhao"


def test_a_password_is_kept_as_argon2():
    user = User.objects.create_user(username="zhao", name="赵一", password="a-long-one-42")
    assert user.password.startswith("argon2")
    assert user.check_password("a-long-one-42")


def test_a_user_without_a_password_cannot_sign_in_with_one():
    user = User.objects.create_user(username="zhao", name="赵一")
    assert not user.has_usable_password()
    assert not user.check_password("")
