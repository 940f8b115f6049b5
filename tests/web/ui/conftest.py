import pytest


@pytest.fixture(autouse=True)
def plain_static(settings, tmp_path) -> None:
    """Static files by their own names: nothing has to be collected to look at a page."""
    settings.STATIC_ROOT = tmp_path  # whitenoise warns of a folder that is not there
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
