"""What comes from others is exactly what the manifest says."""

import hashlib
import tomllib
from pathlib import Path

from django.core.management import call_command

UI = Path(__file__).parents[3] / "src/hearth/web/ui"
VENDOR = UI / "static/vendor"


def manifest() -> dict[str, str]:
    packages = tomllib.loads((UI / "vendor.toml").read_text())["package"]
    return {name: digest for package in packages for name, digest in package["files"].items()}


def test_every_file_has_the_hash_of_the_manifest():
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file()
    }

    assert found == manifest()


def test_every_package_brings_its_licence():
    assert {path.parent.name for path in VENDOR.glob("*/LICENSE")} == {path.name for path in VENDOR.iterdir()}


def test_no_style_sheet_loads_anything_from_outside():
    for sheet in UI.glob("static/**/*.css"):
        text = sheet.read_text()
        assert "@import" not in text
        assert 'url("http' not in text
        assert "url(http" not in text


def test_every_style_and_script_can_be_served_under_its_hash(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }

    call_command("collectstatic", verbosity=0, interactive=False)

    assert list(tmp_path.glob("ui/hearth.*.css"))
