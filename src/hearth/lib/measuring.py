"""The copy of a Word file that LibreOffice is given in place of the file itself, which stays as it is."""

import io
import re
import zipfile

from hearth.lib import archives
from hearth.lib.arrivals import Arrival

_HANGING = re.compile(rb'<w:overflowPunct(?:\s+w:val="([^"]*)")?\s*/>')
_OFF = {b"0", b"false", b"off"}
_EXTERNAL = re.compile(rb'<Relationship\b(?=[^>]*TargetMode="External")(?![^>]*/hyperlink")[^>]*?/>')


def copy(arrival: Arrival) -> bytes:
    """Return a copy that LibreOffice lays out as Word does, and that refers to nothing outside the file.

    LibreOffice 7.4 reads w:overflowPunct the wrong way round (measured), so it is turned. Links to pictures,
    templates and objects elsewhere are taken out. Raises Refused for what is no sound Word file.
    """
    archive = archives.check(arrival, archives.Kind.DOCX)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.names:
            content = archive.read(name)
            if name.endswith(".rels"):
                content = _EXTERNAL.sub(b"", content)
            elif name.startswith("word/") and name.endswith(".xml"):
                content = _HANGING.sub(_turned, content)
            target.writestr(name, content)
    return out.getvalue()


def _turned(found: re.Match[bytes]) -> bytes:
    return b'<w:overflowPunct w:val="%d"/>' % (found[1] in _OFF)
