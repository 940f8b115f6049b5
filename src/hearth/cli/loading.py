"""Loading a campaign folder: every file is read and checked first, then all of it is kept, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from hearth.cli import house
from hearth.lib.arrivals import Arrival
from hearth.lib.faults import Fault, Findings, Notice, Refused
from hearth.lib.sheets import Reading, read_csv, read_xlsx
from hearth.lib.tables import Row, Table

if TYPE_CHECKING:
    from hearth.apps.campaigns.models import Campaign
    from hearth.apps.directory.models import Actor
    from hearth.apps.papers.models import Paper

Report = Callable[[str], None]


def load(folder: Path) -> None:
    """The command: load a folder into the house and say what was loaded."""
    with house.opened(), steps("载入") as report:
        loaded = _load_all(folder, report)
    console = Console(stderr=True, highlight=False)
    for notice in loaded.notices:
        console.print(notice.text, markup=False)
    console.print(f"已载入“{loaded.campaign}”：{len(loaded.files)} 个文件。", markup=False)


def _load_all(folder: Path, report: Report) -> "Loaded":
    from django.db import transaction

    from hearth.apps.directory.models import Actor
    from hearth.lib.wall import scope

    with transaction.atomic():
        loaded = load_folder(folder, report)
        with scope(loaded.campaign.org_path):
            draft_papers(loaded, Actor.house(loaded.campaign.org), report)
    return loaded


@dataclass(frozen=True)
class Loaded:
    """What came of a folder."""

    campaign: "Campaign"
    files: tuple[str, ...]
    notices: tuple[Notice, ...]
    papers: tuple[Path, ...]


@contextmanager
def steps(title: str, total: int | None = None) -> Iterator[Report]:
    """A progress bar on standard error; the yielded function names the step that begins."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=total)

        def report(step: str) -> None:
            progress.update(task, description=f"{title}：{step}", advance=1)

        yield report


def load_folder(folder: Path, report: Report) -> Loaded:
    """Load everything in ``folder`` but the papers, in one transaction. Raises Refused with the faults of all files."""
    from django.db import transaction

    from hearth.cli.taking import Taking

    files = FolderFiles(folder)
    with transaction.atomic():
        campaign = Taking(files, report).take_all()
    return Loaded(campaign, tuple(files.read), tuple(files.notices), files.papers())


def draft_papers(loaded: Loaded, by: "Actor", report: Report) -> "list[Paper]":
    """Draft the papers of a loaded folder. Raises Refused with the faults of all of them."""
    from hearth.apps.papers import intake

    findings = Findings()
    drafted = []
    for place in loaded.papers:
        report(place.name)
        with findings.gathered():
            drafted.append(intake.take_paper(Arrival.at(place), loaded.campaign.subject, by))
    findings.settle()
    return drafted


class FolderFiles:
    """The files of a campaign folder, each read once; a table may stand in its workbook or in a csv of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: list[str] = []
        self.notices: list[Notice] = []

    def has(self, stem: str, tables: Sequence[Table]) -> bool:
        return (self.folder / f"{stem}.xlsx").exists() or any(
            self._csv(stem, table, tables) for table in tables
        )

    def tables(self, stem: str, tables: Sequence[Table]) -> Reading:
        """The tables of ``stem``.xlsx, or of csv files called like the table (or the stem, when there is one table)."""
        workbook = self.folder / f"{stem}.xlsx"
        if workbook.exists():
            reading = read_xlsx(workbook, tables)
            self.read.append(workbook.name)
            self.notices.extend(reading.notices)
            return reading
        return self._from_csv(stem, tables)

    def document(self, name: str) -> Arrival | None:
        place = self.folder / name
        if not place.exists():
            return None
        self.read.append(name)
        return Arrival.at(place)

    def papers(self) -> tuple[Path, ...]:
        return tuple(sorted((self.folder / "papers").glob("*.md")))

    def require(self, name: str) -> Arrival:
        found = self.document(name)
        if found is None:
            raise Refused([Fault(file=name, cure=f"文件夹“{self.folder.name}”里没有这个文件，请补上")])
        return found

    def _csv(self, stem: str, table: Table, tables: Sequence[Table]) -> Path | None:
        names = [table.name, *([stem] if len(tables) == 1 else [])]
        return next((place for name in names if (place := self.folder / f"{name}.csv").exists()), None)

    def _from_csv(self, stem: str, tables: Sequence[Table]) -> Reading:
        findings = Findings()
        rows: dict[str, tuple[Row, ...]] = {}
        for table in tables:
            place = self._csv(stem, table, tables)
            if place is None:
                if table.required:
                    findings.add(Fault(file=f"{stem}.xlsx", sheet=table.name, cure="没有这张表，请补上"))
                rows[table.name] = ()
                continue
            with findings.gathered():
                reading = read_csv(place, table)
                rows.update(reading.rows)
                self.notices.extend(reading.notices)
                self.read.append(place.name)
        findings.settle()
        return Reading(rows, ())
