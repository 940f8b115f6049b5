"""The PDF of a published copy: made once, away from the pages, and kept beside its Word file."""

from hearth.apps.jobs.tasks import Handle, work
from hearth.apps.papers.models import Publication
from hearth.lib import office

PDF = "papers.pdf"


@work(PDF)
def make_pdf(handle: Handle, publication: int) -> dict[str, str]:
    """Set the Word file as it is published at this moment; one that was published anew meanwhile is left to its own job."""
    found = Publication.objects.filter(pk=publication, withdrawn_at=None, pdf=None).first()
    if found is None:
        return {}
    try:
        office_found = office.find()
    except office.NoOffice as missing:
        return {"pdf": str(missing)}
    (pdf,) = office_found.convert([bytes(found.word)], office.Format.PDF)
    with handle.held():
        current = Publication.objects.select_for_update().get(pk=publication)
        if current.published_at == found.published_at:
            current.pdf = pdf
            current.save(update_fields=["pdf", "changed_at"])
    return {}
