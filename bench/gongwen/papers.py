"""Random papers of an invented city: several kinds and formats, with figures, rules, tables and attachments."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from hearth.engines.gongwen import Figure, Paper, fill, parse

KEY = b"a key for benches"
KINDS = ("通知", "报告", "请示", "函", "纪要", "总结", "实施方案", "慰问信", "决定", "协议")
_ORGANS = ("云州市科学技术协会", "云州市科学技术局", "云州市教育局", "云州市青桐区科学技术协会")
_WHO = (
    "全市各级科协组织",
    "各有关单位",
    "市级学会",
    "院校科协",
    "县区科协",
    "参加活动的科技工作者",
    "志愿服务队",
)
_DID = (
    "广泛开展科普展览",
    "深入学校和社区",
    "认真听取意见建议",
    "主动对接企业需求",
    "组织专家现场答疑",
    "及时宣传典型事迹",
)
_SO = (
    "受到群众普遍欢迎",
    "取得良好社会效果",
    "形成齐抓共管的局面",
    "为今后工作积累了经验",
    "推动了成果转化落地",
)
_THINGS = (
    "发放读本",
    "展出展板",
    "参加人员",
    "走访慰问",
    "签订协议",
    "征集建议",
    "举办讲座",
    "发布消息",
    "投入经费",
    "完成率为",
)
_ENDS = ("", "，比上年有所增加", "，覆盖全部县区", "，其余按计划进行", "，由专人负责落实")
RULES = ("5个工作日", "10个工作日", "2个月", "24小时")
_NAMES = ("物料发放明细", "任务分工表", "走访安排", "宣传计划", "对接企业名录")
_LEVELS = ("一", "二", "三", "四", "五", "六")
_UNITS = ("册", "块", "人", "场", "家", "份", "条", "项", "人次", "万元")


@dataclass(frozen=True)
class Sample:
    """A paper, the source it came from, and the source with the figures' texts in the place of their slots."""

    kind: str
    source: str
    paper: Paper


def papers(count: int, seed: int, figures: int | None = None) -> Iterator[Sample]:
    """So many papers, the kinds in turn; the same seed gives the same papers."""
    for at in range(count):
        yield paper(Random(f"{seed}-{at}"), KINDS[at % len(KINDS)], figures)


def paper(rng: Random, kind: str, figures: int | None = None) -> Sample:
    """A random paper with 4 to 30 figures, or with exactly `figures`."""
    wanted = figures or rng.randint(4, 30)
    source = "\n".join(
        (*_front(rng, kind), f"# {rng.choice(_ORGANS)}关于开展科普活动的{kind}", *_body(rng, kind, wanted))
    )
    read = parse(source)
    filled = [
        Figure(
            slot.index,
            f"f{slot.index:03d}-{rng.randrange(16**8):08x}",
            f"k.{slot.index}",
            slot.key,
            _text(rng),
            3,
        )
        for slot in read.slots
    ]
    return Sample(kind, source, fill(read, filled))


def _front(rng: Random, kind: str) -> Iterator[str]:
    organs = rng.sample(_ORGANS, rng.choice((1, 1, 2, 3)) if kind in ("通知", "决定", "总结") else 1)
    yield "---"
    yield f"文种：{kind}"
    yield f"机关：{'、'.join(organs)}"
    if kind not in ("总结", "实施方案", "慰问信", "协议"):
        yield f"文号：云科协〔2020〕{rng.randint(1, 99)}号"
    if kind in ("报告", "请示"):
        yield f"签发人：{rng.choice(('孙玉兰', '孙玉兰、周文海'))}"
    if kind in ("通知", "报告", "请示", "函", "决定"):
        yield "主送：各县区科学技术协会，各市级学会"
    yield f"成文日期：2020年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    if kind in ("通知", "报告", "决定") and rng.random() < 0.7:
        yield "抄送：云州市人民政府办公室，云州市财政局。"
        yield "印发机关：云州市科学技术协会办公室"
        yield "印发日期：2020-06-20"
    if kind in ("通知", "总结") and rng.random() < 0.4:
        yield f"附件：{'、'.join(rng.sample(_NAMES, 2))}"
    if kind == "纪要":
        yield "出席：孙玉兰、周文海"
    yield "---"


def _body(rng: Random, kind: str, wanted: int) -> Iterator[str]:
    left = wanted
    level = 0
    if kind in ("慰问信", "函"):
        yield "全市科技工作者："
    while left > 0:
        if level < len(_LEVELS) and rng.random() < 0.25:
            yield f"## {_LEVELS[level]}、{rng.choice(_DID)}"
            level += 1
        if rng.random() < 0.15 and left > 2:
            rows = min(left, rng.randint(2, 6))
            yield from _table(rng, rows)
            left -= rows
        else:
            here = min(left, rng.choice((0, 1, 1, 2, 3)))
            yield _paragraph(rng, here)
            left -= here
    yield f"请于{{{{规定：{rng.choice(RULES)}}}}}内办理。"
    yield "{{引用：“全文共2215字”|简报}}，" + f"{rng.choice(_SO)}。"


def _paragraph(rng: Random, figures: int) -> str:
    waiting = figures
    sentences = []
    for _ in range(rng.randint(max(1, figures // 2), figures + 3)):
        here = min(waiting, rng.choice((0, 1, 1, 2)))
        waiting -= here
        sentences.append(_sentence(rng, here))
    sentences += [_sentence(rng, 1) for _ in range(waiting)]
    return "".join(sentences)


def _sentence(rng: Random, figures: int) -> str:
    words = f"{rng.choice(_WHO)}{rng.choice(_DID)}，"
    for at in range(figures):
        words += f"{rng.choice(_THINGS)}{{{{指标.{rng.choice(_THINGS)}}}}}" + (
            "、" if at + 1 < figures else ""
        )
    return f"{words}{rng.choice(_ENDS) if figures else rng.choice(_SO)}。"


def _table(rng: Random, rows: int) -> Iterator[str]:
    yield "| 事项 | 数量 | 说明 |"
    yield "|:--|--:|---|"
    for name in rng.sample(_THINGS, rows):
        yield f"| {name} | {{{{指标.{name}}}}} | {rng.choice(_SO)} |"


def _text(rng: Random) -> str:
    number = rng.randint(2, 9999)
    return rng.choice(
        (
            f"{number}{rng.choice(_UNITS)}",
            f"{number}{rng.choice(_UNITS)}",
            f"{rng.randint(2, 90) * 10}余人",
            f"{rng.choice('二三四五六七八九')}十{rng.choice('一二三四五六')}场",
            f"{number / 100:.2f}万元",
            f"{rng.randint(10, 99)}%",
            f"2020年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
        )
    )
