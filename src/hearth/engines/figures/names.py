"""Names, grades and set terms of a regular shape that hold a number. To teach one, add a line to ``SHAPES``."""

import re

from hearth.engines.figures.characters import CHINESE
from hearth.engines.figures.model import TrapKind, Trapped

_HAN = "[\u4e00-\u9fff]"
_PLAIN = rf"(?:(?![{CHINESE}]){_HAN})"  # a character that is no numeral
_SMALL = "[一二三四五六七八九十]"
_N = rf"[{CHINESE}0-9]"
_YEAR = r"(?:19|20)\d\d"
_MEETINGS = "全会|全体|会议|理事会|常委|常务|代表|党代会|人代会"
_CLASSES = "医疗器械|疫苗|工业|居住|用地|苗|水|费用|射线|放射|城市|公路|高校|标准|区|声环境|功能区|资质|污染|危险|压力"

SHAPES: tuple[tuple[str, TrapKind], ...] = (
    (rf"{_YEAR}-{_YEAR}年(?=\)[^《\n]{{0,8}}》)", TrapKind.PLAN),  # the years of a plan in its title
    (rf"[百千万]{_PLAIN}[百千万]{_PLAIN}", TrapKind.IDIOM),  # 百企千户
    (rf"双向{_N}车道", TrapKind.NAME),
    (r"\d{1,3}[瓶支片粒袋盒枚包听罐]装|\d{1,2}座(?=考斯特|客车|中巴|大巴|商务)", TrapKind.NAME),
    (r"[12一二两]寸(?=免冠|照片|证件|登记|彩|近|白底|蓝底|红底)", TrapKind.NAME),
    (r"(?:985|211)(?=[”」』]?(?:工程|高校|院校|大学|平台))", TrapKind.NAME),
    (
        rf"(?:{_SMALL}{{1,3}}|[百千]|\d{{2,4}})强(?=[\u4e00-\u9fff，,。、；;)”」]|$)(?![化调健壮劲烈])",
        TrapKind.NAME,
    ),
    (rf"\d\.\d(?:版(?!本数)|时代|[”」](?={_PLAIN}))", TrapKind.NAME),
    (rf"[一二三四五六1-6]类(?={_CLASSES})", TrapKind.GRADE),
    (r"\d度(?:(?=设防|抗震)|\(0\.\d{1,2}g\))", TrapKind.GRADE),
    (rf"{_YEAR}[级届]|\d\d级(?=学生|新生|本科|硕士|博士|研究生|同学|毕业)", TrapKind.NAME),
    (rf"{_N}{{1,4}}届{_N}{{1,3}}次(?={_MEETINGS}|{_HAN})", TrapKind.NAME),  # 七届一次理事会
    (r"\d{1,2}[·・•]\d{1,2}", TrapKind.NAME),  # 5·12
    (r"\d{2}(?:世纪(?!\d0年代)|年代)|(?:[5-9][05]|[012][05])后(?!勤|续)|[二十一九]{1,3}世纪", TrapKind.TERM),
    (rf"{_SMALL}口之家|{_N}{{1,3}}年如一日|[一二三四五六七八九]方(?![米块])", TrapKind.IDIOM),
    (rf"{_N}(?:位一体|足鼎立|管齐下|措并举|线作战|力齐发|箭齐发|步法)", TrapKind.IDIOM),
    (rf"[{CHINESE}]分{_PLAIN}{{2}}[，,、]?[{CHINESE}]分{_PLAIN}{{2}}", TrapKind.IDIOM),  # 三分建七分管
    (rf"\d{{1,2}}分钟{_HAN}{{0,6}}圈", TrapKind.NAME),
    (r"[二三四五六]环(?!节|境|保|评)|[一二三四五六七八九]楼(?!宇|房)", TrapKind.NAME),
    (r"[一二三四五]{1,2}线(?=城市|品牌|市场|员工)", TrapKind.GRADE),
    (rf"{_N}{{1,3}}年级[({CHINESE}\d]{{1,4}}[)]?班|\d{{1,2}}[)]班", TrapKind.NAME),
    (
        rf"(?:{_SMALL}{{1,3}}|百|\d{{1,2}})大(?!量|型|多|小|约|概|楼|厦|学|会|家|于|幅|批|部|规模|力|众)(?={_HAN})",
        TrapKind.IDIOM,
    ),
)
"""Patterns in text of one width from the first numeral on, and what they are; tried in this order."""

GRADES = re.compile(
    rf"(?:{_SMALL}|特)等(?:奖|功|级)|{_SMALL}{{1,3}}(?:级|星级|年级|档|流)(?!地震|台阶)|[2-5]A级|\d年级|[1-5]星级"
    rf"|\d{{1,3}}(?:\.\d)?(?:[至到~-]\d{{1,2}})?级(?!台阶|{_HAN}{{0,4}}地震)"
)
"""Grades: 一等奖, 4A级, 5到6级 of a wind; not 8级 of an earthquake, which is measured."""

_SHAPES = tuple((re.compile(pattern), kind) for pattern, kind in SHAPES)
_AHEAD = re.compile(
    rf"[{CHINESE}0-9.-]{{1,9}}(?:[·・•届大强版”」类度级后口方足管楼)措力箭环(]|时代|世纪|年[代级如)]|线[作城品市员]|步法|位一|分(?!之|别)"
    r"|高校|工程|院校|平台|[瓶支片粒袋盒枚包听罐]装|座[考客中大商]|寸[免照证登彩近白蓝红])|双|百|千|万|\("
)
_PLENARY = re.compile(r"(?:十[四五六七八九]|二十)(?:届|大)(?:[一二三四五六七]中全会)?")
_INSTITUTE = re.compile(
    rf"{_N}{{1,3}}(?:高级|初级|实验|职业|人民|附属|中心|中等|机床|建筑|地质|测绘|勘察|设计|工程|师范|中医|口腔|专科){{0,3}}"
    r"(?:中学|小学|医院|幼儿园|学校|研究院|研究所|党支部|支部|分局|分公司|项目部|检察部|纪检监察组|巡察组|产业园|大队|中队|支队|开标室|评标室|谈判室|候考室|手术室|实验室|诊室|窗口"
    r"|设计院|会议室|考场|展厅|展馆|车间|教室|食堂|分会|工作室|调研组|督导组|检查组|巡视组|工程局|建筑公司|标段|网格|检查站|村民组)"
)
_PLACES = re.compile(r"\d{1,4}(?:至|到|~|-{1,2})第?\d{1,4}[页版章节条款排行列卷]")
_POLICY = re.compile(r"\d{1,3}条(?=[”」』》])")
_POLICY_BEFORE = re.compile(r"[“「『《][^“”「」『』《》，。；！？\n]{1,10}$")
_ROAD = re.compile(rf"{_SMALL}{{1,2}}[路街](?![径演人])")
_ROAD_BEFORE = re.compile("[东南西北经纬]$")
_ROAD_WITH_NUMBER = re.compile(rf"{_SMALL}{{1,2}}[路街]\d{{1,5}}号")
_GROUP = re.compile(rf"{_SMALL}{{1,2}}组(?![织建])")
_VILLAGE_BEFORE = re.compile("[村屯庄寨社]$")

_RESERVOIR_BEFORE = re.compile(r"小\($")
_RESERVOIR = re.compile(r"[12一二]\)型")
_INTENSITY_BEFORE = re.compile("烈度(?:为|是|按)?$")
_INTENSITY = re.compile(r"\d度")
_AFTER = (
    (_ROAD_BEFORE, _ROAD),
    (_VILLAGE_BEFORE, _GROUP),
    (_POLICY_BEFORE, _POLICY),
    (_RESERVOIR_BEFORE, _RESERVOIR),
    (_INTENSITY_BEFORE, _INTENSITY),
)
"""What makes a name behind which words: 北二路, 城东村六组, 小(1)型水库, 设防烈度7度."""


def grade(text: str, at: int, _floor: int) -> Trapped | None:
    """一等奖, 二级, 10级."""
    found = GRADES.match(text, at)
    return (at, found.end(), TrapKind.GRADE) if found else None


def name(text: str, at: int, floor: int) -> Trapped | None:
    """第一中学, 十九届五中全会, 北二路, 城东村六组, “科创30条”, and what has one of ``SHAPES``."""
    if text[max(floor, at - 1) : at] == "第":
        found = _INSTITUTE.match(text, at) or _PLACES.match(text, at)
        return (at - 1, found.end(), TrapKind.NAME) if found else None
    if (found := _PLENARY.match(text, at)) and (
        "会" in found[0] or text[max(0, at - 2) : at].endswith(("党的", "的", "中共"))
    ):
        return at, found.end(), TrapKind.NAME
    if found := _ROAD_WITH_NUMBER.match(text, at):
        return at, found.end(), TrapKind.NAME
    for before, pattern in _AFTER:
        if (found := pattern.match(text, at)) and before.search(text, max(floor, at - 11), at):
            return at, found.end(), TrapKind.NAME
    if not _AHEAD.match(text, at):
        return None
    return next(
        ((at, found.end(), kind) for shape, kind in _SHAPES if (found := shape.match(text, at))), None
    )
