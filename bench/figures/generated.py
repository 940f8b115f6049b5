"""Invented official texts, drawn from a seed, with every kind of numeral that such prose has."""

import random
from collections.abc import Iterator

_OPENINGS = (
    "{year}年{month}月{day}日,市科协召开第{rank}次工作会议。",
    "截至{year}年{month}月底,全市共有基层科协{n}个、会员{big}名。",
    "一、基本情况。按照《关于做好{year}年科普工作的通知》(市科协发〔{year}〕{small}号)要求,现总结如下。",
    "{cn}月{cnday}日上午{hour}时,第{cnrank}届科技周在市民广场启动,为期{cnsmall}天。",
)
_SENTENCES = (
    "共举办科普讲座{n}场,发放科普资料{big}余份,接待群众{wan}万余人次。",
    "其中,市级{small}项、县级{n}项,分别占{percent}%和{percent}%。",
    "组织{cnsmall}名专家深入{small}个乡镇、{n}个行政村,解答难题{cn}余个。",
    "投入资金{wan}万元,较上年增加{small}万元,增长{percent}%。",
    "一是加强领导,二是广泛发动,三是狠抓落实,四面八方齐心协力。",
    "展出展板{n}块、展品{cnbig}件,参观人数达{big}人次,同比增长近{cnsmall}成。",
    "每个站点补助{small}万元至{n}万元,{year}年前完成,逾期不超过{small}个工作日。",
    "咨询电话:0{area}-{phone},联系人:王某,手机1{mobile}。",
    "“十四五”期间,力争建成一市一品示范点{n}个以上,服务半径{small}公里以内。",
    "评出一等奖{small}名、二等奖{n}名、三等奖{n}名,奖金{cnbig}元。",
    "活动时间:{month}月{day}日9:00-17:30,地点在中山路{n}号{small}楼。",
    "粉丝由{wan}万增至{wan}万,视频播放{wan}万次,阅读量突破{small}0万+。",
    "一名志愿者说,一定要一如既往、千方百计服务好千家万户。",
    "男女比例约为{small}:{small},平均年龄{n}岁,满意率百分之九十{cnsmall}点五。",
    "占地{big}平方米,绿化面积提高{small}个百分点,能耗下降三分之一,产值翻了一番。",
    "近{cnsmall}年来,累计服务{cnbig}余人次,数百家企业、几十个团队受益。",
    "气温零下{small}℃至{small}℃,PM2.5浓度为{n}微克,建成5G基站{n}座。",
    "{year}-{mm}-{dd}提交,编号A{big}-{small},共{small}页,全文约{big}字。",
    "会期半天,半数以上代表发言,首批{n}个项目签约,总额{cn}亿元。",
)
_CHINESE = "一二三四五六七八九十"


def texts(count: int = 200, seed: int = 4) -> Iterator[str]:
    """So many texts of five to twelve sentences."""
    rng = random.Random(seed)
    for _ in range(count):
        sentences = [rng.choice(_OPENINGS), *rng.choices(_SENTENCES, k=rng.randint(4, 11))]
        yield "".join(_filled(sentence, rng) for sentence in sentences)


def _filled(sentence: str, rng: random.Random) -> str:
    while "{" in sentence:
        name = sentence[sentence.index("{") + 1 : sentence.index("}")]
        sentence = sentence.replace("{" + name + "}", _value(name, rng), 1)
    return sentence


def _value(name: str, rng: random.Random) -> str:
    values = {
        "year": lambda: str(rng.randint(1998, 2031)),
        "month": lambda: str(rng.randint(1, 12)),
        "day": lambda: str(rng.randint(1, 28)),
        "mm": lambda: f"{rng.randint(1, 12):02d}",
        "dd": lambda: f"{rng.randint(1, 28):02d}",
        "hour": lambda: str(rng.randint(8, 12)),
        "rank": lambda: str(rng.randint(1, 40)),
        "n": lambda: str(rng.randint(11, 999)),
        "small": lambda: str(rng.randint(2, 9)),
        "big": lambda: rng.choice(("{:,}", "{}")).format(rng.randint(1000, 99999)),
        "wan": lambda: f"{rng.randint(11, 9999) / 10:g}",
        "percent": lambda: f"{rng.randint(10, 999) / 10:g}",
        "area": lambda: str(rng.randint(310, 999)),
        "phone": lambda: str(rng.randint(2000000, 8999999)),
        "mobile": lambda: str(rng.randint(3000000000, 8999999999)),
        "cn": lambda: rng.choice(_CHINESE),
        "cnday": lambda: rng.choice(("十二", "二十", "三", "十八")),
        "cnsmall": lambda: rng.choice(_CHINESE[1:9]),
        "cnrank": lambda: rng.choice(("十", "十二", "二十七", "三十")),
        "cnbig": lambda: rng.choice(("三百二十", "一千零五", "两万三千", "八百", "一万二")),
    }
    return values[name]()
