"""The list of commands, and what happens when one fails."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hearth.lib.faults import Refused

app = typer.Typer(
    name="hearth",
    help="众创之家：市科协的活动、对接与公文。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Seconds = Annotated[float, typer.Option(help="求解的时限，秒")]
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="活动文件夹")]


def run() -> None:
    """Run one command. Exit codes: 0 done, 1 the answer is no, 2 wrong use or bad input."""
    try:
        app()
    except Refused as refused:
        _stop(refused.text())
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if not isinstance(error, _known()):
            raise
        _stop(str(error))


def _known() -> tuple[type[Exception], ...]:
    """Errors whose message already names the place and the cure."""
    from hearth.engines import gongwen, matching, timetabling
    from hearth.engines.gongwen import checking
    from hearth.lib import office, pages, postgres

    return (
        checking.TooLong,
        office.NoOffice,
        office.NotConverted,
        pages.BadPdf,
        gongwen.SourceError,
        gongwen.BadDocument,
        gongwen.BadProfile,
        gongwen.MissingFigure,
        matching.BadInput,
        timetabling.BadEvent,
        postgres.NoPostgres,
        postgres.StartFailed,
        FileNotFoundError,
        IsADirectoryError,
    )


def _stop(message: str) -> None:
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(message)
    sys.exit(2)


@app.command()
def up(
    port: Annotated[int, typer.Option(help="端口")] = 8000,
    empty: Annotated[bool, typer.Option("--empty", help="不载入示例")] = False,
) -> None:
    """准备好一切，启动数据库，空库载入示例活动，开始服务。"""
    from hearth.cli import serving

    serving.up(port, with_example=not empty)


@app.command()
def work() -> None:
    """只运行后台任务；可以在别的机器上再开几个。"""
    from hearth.cli import serving

    serving.work()


@app.command()
def load(folder: Folder) -> None:
    """载入一个活动文件夹（xlsx、csv、yaml）；有一处不对就全部不载入。"""
    from hearth.cli import loading

    loading.load(folder)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
    seconds: Seconds = 20,
) -> None:
    """不用浏览器走一遍：载入示例、匹配、排时间表、写全部公文并校验。"""
    from hearth.cli import demo as demonstration

    sys.exit(demonstration.demo(out, seconds))


@app.command()
def match(
    demands: Path,
    offers: Path,
    top: Annotated[int, typer.Option(min=1, help="每项需求列几个")] = 10,
    by: Annotated[str, typer.Option(help="offer：按供给；owner：按所属人")] = "offer",
    pairs: Annotated[Path | None, typer.Option(help="只给这些配对打分，TSV")] = None,
) -> None:
    """为需求推荐供给，说明理由；jsonl 或 xlsx 进，jsonl 出。"""
    from hearth.cli import matching

    matching.match(demands, offers, top, by, pairs)


@app.command()
def timetable(
    event: Path,
    seconds: Seconds = 60,
    seed: Annotated[int, typer.Option(help="随机种子")] = 0,
    fairness: Annotated[int | None, typer.Option(min=0, help="每人最多空等几次")] = None,
    out: Annotated[Path | None, typer.Option(help="写到文件")] = None,
) -> None:
    """排一对一洽谈的时间表；.json、.xlsx 或 .dzn 进，json 出。"""
    from hearth.cli import timetabling

    sys.exit(timetabling.timetable(event, seconds, seed, fairness, out))


@app.command()
def figures(
    files: list[Path],
    facts: Annotated[Path | None, typer.Option(help="事实：.xlsx、.csv 表格或 jsonl")] = None,
) -> None:
    """读出文中的每一个数字，给了事实就逐个核对；每个文件一行 json。"""
    from hearth.cli import figures as reading

    sys.exit(reading.figures(files, facts))


@app.command()
def gongwen(
    out: Annotated[Path, typer.Option(help="写到哪个 .docx；原文是 Word 时写到哪个 .md")],
    source: Annotated[Path | None, typer.Argument(help="公文原文 .md，或要改的 Word")] = None,
    pdf: Annotated[Path | None, typer.Option(help="同时写 PDF，要有 LibreOffice")] = None,
    facts: Annotated[Path | None, typer.Option(help="填进公文的事实，jsonl")] = None,
    profile: Annotated[
        Path | None, typer.Option(help="校准打印机得到的 yaml，见 docs/calibration.md")
    ] = None,
    calibration: Annotated[bool, typer.Option("--calibration", help="只写一份校准页")] = False,
) -> None:
    """把公文原文排成 Word；给的是 Word，就读成原文；或写一份校准页。"""
    from hearth.cli import gongwen as writing

    if calibration:
        writing.calibrate(out, profile)
    elif source is None:
        raise typer.BadParameter("请给出公文原文，如 通知.md")
    elif source.suffix.lower() == ".docx":
        writing.read_back(source, out)
    else:
        writing.gongwen(source, out, writing.Extras(pdf, facts, profile))


@app.command()
def verify(
    file: Path,
    layout: Annotated[bool, typer.Option("--layout", help="改为量版式，Word 或 PDF 都行")] = False,
    ink: Annotated[bool, typer.Option("--ink", help="版式按首末行的字撑满版心量，不按行距格")] = False,
    json: Annotated[bool, typer.Option("--json", help="写成 json")] = False,
) -> None:
    """校验 Word 里的每个数字，或对照 GB/T 9704-2012 量版式；全部符合为 0，否则为 1。"""
    from hearth.cli import gongwen as writing
    from hearth.cli import layout as measuring

    sys.exit(measuring.verify(file, ink=ink, as_json=json) if layout else writing.verify(file, as_json=json))


@app.command()
def backup(file: Path) -> None:
    """把数据库和佐证文件存成一个文件。"""
    from hearth.cli import keeping

    keeping.backup(file)


@app.command()
def restore(file: Path) -> None:
    """从备份恢复到空库。"""
    from hearth.cli import keeping

    keeping.restore(file)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """运行全部测试，连浏览器和真实 PostgreSQL 上的；后面可以跟 pytest 的参数。"""
    _workshop(lambda workshop: workshop.test(context.args))


@app.command()
def check() -> None:
    """格式、规范、类型、引用方向、翻译、许可：只看不改。"""
    _workshop(lambda workshop: workshop.check())


@app.command()
def fix() -> None:
    """能自动改的都改好。"""
    _workshop(lambda workshop: workshop.fix())


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help="哪一项，不写就列出")] = "",
    data: Annotated[Path | None, typer.Option(help="评测数据的文件夹")] = None,
) -> None:
    """量一量，和同类放在一起比。"""
    _workshop(lambda workshop: workshop.bench(name, data))


def _workshop(job: Callable[..., int]) -> None:
    from hearth.cli import workshop

    sys.exit(job(workshop))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, hidden=True)
def manage(context: typer.Context) -> None:
    """Django's own commands, in the opened house."""
    from django.core.management import execute_from_command_line

    from hearth.cli import house

    with house.opened():
        execute_from_command_line(["hearth manage", *context.args])
