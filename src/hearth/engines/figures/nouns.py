"""What a figure counts: its head noun, and the things that share one count. The words are in ``clauses.py``."""

import re
from collections.abc import Sequence

from hearth.engines.figures import units
from hearth.engines.figures.clauses import BECOMES, COSTS, DEEDS, Kind, Word, words_of
from hearth.engines.figures.model import Figure, FigureType

_REACH = 60
_SENTENCE_REACH = 160
_BREAK = re.compile(r"[，,。；;！!？?：:\n]")
_SENTENCE = re.compile(r"[。！!？?\n]")
_HAN = re.compile(r"[“《A-Za-z\u4e00-\u9fff]")
_ACTOR = re.compile(
    r"(?:[人员者工民众生师医户队业院校所区村镇乡县团农商]|平台|专家|企业家|科学家|单位|机构|干部|代表|院士|博士|硕士|儿童|青年|妇女|学会|骨干|对象|学者|教授|家庭|组织|评委|群体|嘉宾)$"
)
_PAID = re.compile(r"[金款费贴助励资]$|补助|奖励|经费|资金|补贴|贷款|债券|物资|产值|收入|税收")
_NUMBERING = re.compile(
    r"(?:\d{1,2}[.、)]|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,2}、|[一二三四五六七八九]是|[①-⑳])\s*(?=[^\d\s])"
)
_OF_EARLIER = re.compile(
    r"(?:其中)?(?:约|分别)?(?:占|[为是].{1,12}的$|[比较].{0,12}的$|(?:比|较).{1,16}(?:[高低多少快慢增减降升长]|提高|下降|增加|减少|增长|降低|提升|上升|压减|缩短)(?:了|约)?$)"
)
_WHO = re.compile(
    r"[人员者馆局厅委部会协校院司县市区)镇村乡府政店所团队站厂社系处科办层]$|企业|财政|专家|机关|单位|代表|家庭|部门|各地|机构|干部|青年|学生|院士|博士|上下"
)
"""Who does it, where it is what is done that is counted (市财政安排)."""
_SINGLE = "水苗电气油煤粮棉茶果菜鱼猪牛羊鸡树花书刀井班点"
_ONLY_HAN = re.compile("[“《\u4e00-\u9fff”》]+")
_ABOUT_IT = re.compile(r"(?<=[月周日节年])活动$|(?<=[查测估选赛核审])(?:结果|获奖名单)(?:显示)?$")
"""第十二次抽样调查结果 is the result of the twelfth survey."""
_DIMENSION = re.compile(r"(?<=..)(?<![时带])[长宽高厚重深]$|^[长宽高厚重深]$")
_OLDEST = re.compile(r"^、?(?:其中)?(?:年龄|年纪)?最[大小长轻]的?$")
_OF_THE_LAST = re.compile("的?约?占")
_REACHED = re.compile(r"[，,](?:\d{4}年|今年|去年)?(?:首次|已)?(?:突破|达到?|超过|增至|升至|攀升至)")
_PEOPLE = frozenset("人名位")
_DONE = re.compile(
    f"(?:其中)?(?:(?:现?已经?|现场|当场)(?:{'|'.join(DEEDS.split())})(?:了|到位|完毕)?|不?合格的?|有效回收|(?:优秀|良好)的)"
)
_BESIDE = re.compile(r"\s*[、(]?\s*(?:折合|约合|其中)?$")
_AND_THEN = re.compile("[、和及]?")
_EDGES = "、~…—- \u3000"
_WHOLLY_QUOTED = re.compile(r"[“《(]([^“”《》()]*)[”》)]|[“《(]([^“”《》()]*)|([^“”《》()]*)[”》)]")
_COUNTER = re.compile(r"(?:总)?(?:点击|观看|播放|阅读|浏览|下载|访问|转发)[量数]$")
_PRIZE = re.compile(r"[一二三四特]等奖.*$")
_SET_PHRASE = re.compile(
    r"(.{0,12}(?:工作者|人员|代表|学生|师生|群众|干部|职工|党员|志愿者|专家))[\u4e00-\u9fff]{4}$"
)
_ETC = re.compile(r"(?<![一二三四五特头优上下中同平初高])等(?=[\u4e00-\u9fff]{0,10}$)")
_TOGETHER = ("共计", "共", "合计", "总计", "累计")
_AND = re.compile("以及|[和及与]")
_SHORT_MEMBER = 8
_BY_NAME = units.NAMES_ITSELF | frozenset("人名位家所户员")
_WITH_NOUN = frozenset(
    {FigureType.COUNT, FigureType.MONEY, FigureType.PERCENT, FigureType.MEASURE, FigureType.ORDINAL}
)
_BECOMES = frozenset(BECOMES.split())
_PASSED = frozenset({FigureType.DATE, FigureType.DATERANGE, FigureType.TIME})
_AFTER_NOUN = frozenset({Kind.LINK, Kind.CHANGE, Kind.PART, Kind.SCOPE, Kind.OF})
_THERE_IS = frozenset(["现有", "共有", "设有", "建有", "拥有", "实有"])
_BESIDE_TOPIC = frozenset({Kind.SCOPE, Kind.OF, Kind.LINK, Kind.PART})
_NOTHING = Word("", Kind.NOUN)
_NOT_TOPIC = ("从", "由", "对", "向", "把", "在", "以", "按", "为", "因", "其中")
_NOT_COUNTED = _PASSED | {FigureType.ORDINAL, FigureType.TIMESPAN}
_COUNTED = frozenset({FigureType.COUNT, FigureType.MONEY, FigureType.MEASURE})


def noun_of(text: str, figure: Figure, ceiling: int, earlier: Sequence[Figure]) -> str:
    """The head noun: what follows (12位院士), else what precedes (展板156块), else what was counted before (其余8条).

    ``earlier`` are the figures before this one with their nouns, ``ceiling`` is where the next one starts.
    """
    if figure.type not in _WITH_NOUN:
        return ""
    if figure.unit in units.NAMES_ITSELF:
        return figure.unit
    if following := _following(text, figure, ceiling):
        return following
    if beside := _beside(text, figure, earlier):
        return beside
    if earlier and _OF_THE_LAST.fullmatch(text, earlier[-1].end, figure.start):
        return earlier[-1].noun
    if grown := _grown(text, figure, earlier):
        return grown
    clause = _clause_of(text, figure, earlier)
    if _OF_EARLIER.match(clause) and (before := _before(text, figure, earlier)):
        return before
    if _OLDEST.search(clause) and figure.unit == "岁":
        return next((one.noun for one in reversed(earlier) if one.noun and one.unit in _PEOPLE), "")
    if _DONE.fullmatch(clause) and (before := _before(text, figure, earlier)):
        return before
    preceding = _preceding(clause)
    if figure.type is FigureType.MEASURE:
        preceding = _DIMENSION.sub("", preceding)
    if not preceding and figure.type is FigureType.MONEY:
        preceding = _cost(clause)
    return preceding or _topic(clause) or _before(text, figure, earlier)


def noun_shared(text: str, figure: Figure, later: Sequence[Figure]) -> str:
    """326户、1104名贫困群众: what the next figure counts, when this one counts the same in another unit; else empty.

    ``later`` are the figures behind this one.
    """
    if not later:
        return ""
    after = later[0]
    apart = figure.type is not FigureType.COUNT or after.type is not FigureType.COUNT
    if (
        apart
        or units.alike(figure.unit, after.unit)
        or not _AND_THEN.fullmatch(text, figure.end, after.start)
    ):
        return ""
    if any(word.kind is Kind.NOUN for word in words_of(_clause_before(text, figure.start, 0))):
        return ""
    return _following(text, after, later[1].start if len(later) > 1 else len(text))


def members_of(text: str, figure: Figure, floor: int) -> tuple[tuple[str, ...], str | None]:
    """手提袋、围裙及水杯等物品2000个: the things listed, and whether the count is their "total" or that of "each".

    People and organisations in front of 等 are some of those counted by name (市教育局等7部门), no kinds that share a count.
    """
    if figure.type not in (FigureType.COUNT, FigureType.MEASURE) or figure.unit in _BY_NAME:
        return (), None
    clause = _clause_before(text, figure.start, floor)
    scope = "each" if clause.endswith("各") else "total"
    if etc := _ETC.search(clause):
        listed = clause[: etc.start()].lstrip(_EDGES + "和及与")
    elif scope == "each" or clause.endswith(_TOGETHER):
        listed = _without_links(clause)
    else:
        return (), None
    first, *others = listed.split("、")
    *pairs, last = _AND.split(others[-1] if others else first)
    if not others and not (len(pairs) == 1 and 1 < len(last) <= _SHORT_MEMBER):
        return (), None
    members = (first, *others[:-1], *pairs, last) if others else (*pairs, last)
    found = (_group(words_of(members[0])), *(one.strip(_EDGES) for one in members[1:]))
    return (found, scope) if all(found) else ((), None)


def _without_links(clause: str) -> str:
    words = list(words_of(clause))
    while words and words[-1].kind in (Kind.LINK, Kind.PART):
        words.pop()
    return "".join(word.text for word in words)


def _following(text: str, figure: Figure, ceiling: int) -> str:
    at = figure.end
    possessive = text.startswith("的", at)
    if figure.type is FigureType.PERCENT and not possessive:
        return ""
    at += possessive
    if not _HAN.match(text, at, ceiling):
        return ""
    reach = min(ceiling, at + 30)
    stop = _BREAK.search(text, at, reach)
    words = words_of(text[at : stop.start() if stop else reach])
    found = _plain(_leading(words, scoped=figure.type is FigureType.ORDINAL))
    if figure.type is FigureType.MONEY and not possessive and not _PAID.search(found):
        return ""
    return found if (len(found) > 1 or found in units.UNITS) and found != "大关" else ""


def _leading(words: Sequence[Word], *, scoped: bool) -> str:
    """The noun a phrase begins with: up to the first verb, link or 的, without the act that its actors do (36名评委初评)."""
    taken: list[Word] = []
    for place, word in enumerate(words):
        if word.kind is Kind.SCOPE and not taken:
            if scoped:
                taken.append(word)
            continue
        level = word.kind is Kind.PART and word.text.endswith("级") and not taken
        if word.kind not in (Kind.NOUN, Kind.ACT) and not level:
            break
        rest = words[place + 1 : place + 2]
        if word.kind is Kind.ACT and taken and _ACTOR.search(taken[-1].text) and not _names(rest):
            break
        taken.append(word)
    noun = "".join(word.text for word in taken)
    if scoped:
        noun = _ABOUT_IT.sub("", noun)
    return phrase[1] if (phrase := _SET_PHRASE.match(noun)) else noun


def _cost(clause: str) -> str:
    """物料制作 and 宣传推广 in front of a sum of money."""
    words = words_of(clause)
    worked = len(words) > 1 and words[-1].text in COSTS and words[-2].kind in (Kind.NOUN, Kind.ACT)
    return f"{words[-2].text}{words[-1].text}".strip(_EDGES) if worked else ""


def _plain(noun: str) -> str:
    """Without quotation marks or brackets that enclose all of it or stand alone."""
    noun = noun.strip(_EDGES).removesuffix("之一")
    whole = _WHOLLY_QUOTED.fullmatch(noun)
    return next((part for part in whole.groups() if part is not None), "") if whole else noun


def _names(rest: Sequence[Word]) -> bool:
    return bool(rest) and rest[0].kind is Kind.NOUN and bool(_ACTOR.search(rest[0].text))


def _preceding(clause: str) -> str:
    if clause.endswith("各") and "、" in clause:
        listed = _without_links(clause)
        first, comma, rest = listed.partition("、")
        return f"{_group(words_of(first))}{comma}{rest}"
    etc = _ETC.search(clause)
    if etc and (named := _group(words_of(clause[etc.end() :]))):
        return named
    if etc:
        return _group(words_of(clause[: etc.start()]))
    return _group(words_of(clause))


def _group(phrase: Sequence[Word]) -> str:
    """The noun at the end of a clause: behind its last verb, before links and words of change."""
    words, changes = list(phrase), False
    while words and words[-1].kind in _AFTER_NOUN and not _is_own_share(words):
        changes = words.pop().kind is Kind.CHANGE or changes
    if changes and len(words) > 1 and words[-1].kind is Kind.VERB and words[-2].kind is Kind.NOUN:
        words[-2:] = [Word(f"{words[-2].text}{words[-1].text}", Kind.NOUN)]  # 经费投入增长
    if words and words[-1].kind is Kind.DEED:
        return words[-1].text
    if words and words[-1].text in _BECOMES:
        named = [word for word in words[:-1] if word.kind is not Kind.LINK]
        if named and named[-1].kind is Kind.NOUN:
            return _group(words[:-1])
    taken: list[Word] = []
    while words and (words[-1].kind in (Kind.NOUN, Kind.ACT) or (not taken and _is_own_share(words))):
        taken.insert(0, words.pop())
    while words and taken and words[-1].kind is Kind.PART and words[-1].text.endswith(("级", "均")):
        taken.insert(0, words.pop())
    if len(taken) > 1 and taken[0].kind is Kind.ACT and _ACTOR.search("".join(one.text for one in taken[1:])):
        taken.pop(0)
    noun = _plain("".join(word.text for word in taken))
    if noun == "总数" or (len(noun) == 1 and noun not in units.UNITS and noun not in _SINGLE):
        return ""
    cut = _COUNTER.search(noun) or _PRIZE.search(noun)
    return cut[0] if cut else noun


def _grown(text: str, figure: Figure, earlier: Sequence[Figure]) -> str:
    """受众增长12%，首次突破500万人次: what a share of growth was of is what a number is then reached of."""
    of_growth = next((one for one in reversed(earlier) if one.type not in _NOT_COUNTED), None)
    if not of_growth or of_growth.type is not FigureType.PERCENT or figure.type not in _COUNTED:
        return ""
    reached = _REACHED.fullmatch(text, of_growth.end, figure.start)
    return of_growth.noun if reached and not of_growth.noun.endswith(("率", "比", "比例")) else ""


def _topic(clause: str) -> str:
    """问卷共发放5000份 counts 问卷: the thing of which a clause speaks, when nothing stands behind its verb."""
    *named, last = [word for word in words_of(clause) if word.kind not in _BESIDE_TOPIC] or [_NOTHING]
    if last.kind is not Kind.VERB or clause.startswith(_NOT_TOPIC):
        return ""
    kinds = {word.kind for word in named}
    if Kind.NOUN not in kinds or kinds - {Kind.NOUN, Kind.ACT}:
        return ""
    topic = _plain("".join(word.text for word in named))
    does = _WHO.search(topic) and last.text not in _THERE_IS
    return topic if len(topic) > 1 and _ONLY_HAN.fullmatch(topic) and not does else ""


def _is_own_share(words: Sequence[Word]) -> bool:
    """青年作者占比 is a noun, 占比 alone speaks of the noun before."""
    return len(words) > 1 and words[-1].text == "占比" and words[-2].kind in (Kind.NOUN, Kind.ACT)


def _clause_of(text: str, figure: Figure, earlier: Sequence[Figure]) -> str:
    """What stands before a figure in its clause, as if dates and 首次 in it were not there."""
    passed = []
    floor = 0
    for other in reversed(earlier):
        if other.type not in _PASSED and not other.text.startswith("首") and not _is_ago(text, other):
            floor = other.end
            break
        passed.append(text[other.start : other.end])
    clause = _clause_before(text, figure.start, floor)
    if floor and text.startswith(clause, floor):
        clause = clause.removeprefix("来")  # 五年来
    for words in passed:
        clause = clause.replace(words, "")
    return clause


def _is_ago(text: str, figure: Figure) -> bool:
    """三年前 is a date."""
    return figure.type is FigureType.TIMESPAN and text.startswith("前", figure.end)


def _clause_before(text: str, at: int, floor: int) -> str:
    """What stands between the last break and ``at``; a colon right before the number is no break."""
    end = at
    while end > floor and text[end - 1] in ":： ¥￥$":
        end -= 1
    begin = max(floor, end - _REACH)
    breaks = [found.end() for found in _BREAK.finditer(text, begin, end)]
    clause = text[breaks[-1] if breaks else begin : end]
    clause = clause[numbering.end() :] if (numbering := _NUMBERING.match(clause)) else clause
    opened = clause.rfind("(")
    return clause[opened + 1 :] if opened > clause.rfind(")") else clause


def _beside(text: str, figure: Figure, earlier: Sequence[Figure]) -> str:
    """接待费3笔、1.68万元 and 化石一窝(27枚): right behind another figure, in another unit, it speaks of the same."""
    if not earlier or figure.type not in _COUNTED:
        return ""
    last = earlier[-1]
    if last.type not in _COUNTED or units.alike(last.unit, figure.unit):
        return ""
    return last.noun if _BESIDE.fullmatch(text, last.end, figure.start) else ""


def _before(text: str, figure: Figure, earlier: Sequence[Figure]) -> str:
    """The noun of the last figure in the sentence that this one may be a part, a share or a change of."""
    for other in reversed(earlier[-8:]):
        if figure.start - other.end > _SENTENCE_REACH or _SENTENCE.search(text, other.end, figure.start):
            return ""
        if other.noun and _continues(figure, other):
            return other.noun
    return ""


def _continues(figure: Figure, other: Figure) -> bool:
    if figure.type is FigureType.PERCENT:
        return other.type is FigureType.PERCENT or (figure.unit != "百分点" and other.type in _COUNTED)
    return figure.type is other.type and (
        units.alike(figure.unit, other.unit) or not other.unit or not figure.unit
    )
