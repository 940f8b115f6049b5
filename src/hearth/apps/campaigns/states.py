"""Parts of a campaign, and where duties, suggestions and contingency levels stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    CONSULTATION = "consultation", _("征求意见")
    PLAN = "plan", _("实施方案")
    CONTINGENCY = "contingency", _("应急预案")
    PUBLICITY = "publicity", _("宣传刊播")
    LETTER = "letter", _("慰问信")
    VISITS = "visits", _("走访慰问")
    NOTICES = "notices", _("通知与报送")
    OUTREACH = "outreach", _("科普进校园")
    FORUM = "forum", _("政校企对接会")
    SUMMARY = "summary", _("活动总结")


class DutyState(models.TextChoices):
    WAITING = "waiting", _("未开始")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")


class Handling(models.TextChoices):
    OPEN = "open", _("待办")
    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    DECLINED = "declined", _("未采纳")


TAKEN_UP = (Handling.ADOPTED, Handling.PARTLY)


class Naming(models.TextChoices):
    """Whether those who answer a consultation tell who they are."""

    NAMED = "named", _("实名")
    CHOICE = "choice", _("实名、匿名都可以")
    ANONYMOUS = "anonymous", _("匿名")
