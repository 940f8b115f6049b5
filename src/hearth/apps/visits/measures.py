"""What visits brought to light."""

from django.db.models import QuerySet

from hearth.apps.measures.rules import Measure, count, distinct, span
from hearth.apps.visits.models import Case, Visit, VisitSuggestion
from hearth.apps.visits.states import CaseState


def _visits(subject: int) -> QuerySet[Visit]:
    return Visit.objects.filter(campaign=subject).select_related("person", "unit")


MEASURES = (
    Measure(
        "visits.dates",
        "走访.日期",
        "",
        "第一次到最后一次走访",
        _visits,
        span("visited_on"),
        lambda v: str(v.visited_on),
    ),
    Measure(
        "visits.people",
        "走访.人数",
        "名",
        "走访的科技工作者，同一人只计一次",
        _visits,
        distinct("person", "名"),
    ),
    Measure(
        "visits.cases",
        "走访.困难",
        "件",
        "走访中收集的困难",
        lambda subject: Case.objects.filter(campaign=subject),
        count("件"),
    ),
    Measure(
        "visits.settled",
        "走访.办结",
        "件",
        "已办结并答复本人的困难",
        lambda subject: Case.objects.filter(campaign=subject, state=CaseState.SETTLED),
        count("件"),
    ),
    Measure(
        "visits.suggestions",
        "走访.建议",
        "条",
        "走访中听到的意见建议",
        lambda subject: VisitSuggestion.objects.filter(campaign=subject),
        count("条"),
    ),
)
