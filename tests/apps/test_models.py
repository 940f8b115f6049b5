"""All models together: what Django finds wrong with them, and what no migration has brought to the database."""

import pytest
from django.core.management import call_command


def test_django_finds_nothing_wrong_with_the_models():
    call_command("check", fail_level="WARNING")


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
