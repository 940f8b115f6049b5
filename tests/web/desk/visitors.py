"""Visitors of the desk: somebody in a role of an organisation, signed in."""

from django.test import Client

from hearth.apps.accounts.models import User
from hearth.apps.directory import actions
from hearth.apps.directory.models import Actor, Organisation
from hearth.apps.directory.states import Role
from hearth.lib.wall import scope


def visitor(role: Role, org: Organisation) -> Client:
    """A browser in which somebody with this role is signed in; the house is the example, which asks no second factor."""
    user = User.objects.create(username=f"{role}-{org.pk}", name=f"{role.label}丙")
    with scope(org.path):
        actions.appoint(user=user, org=org, role=role, by=Actor.house(org))
        actions.declare_example(by=Actor.house(org))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
