"""What was signed."""

from hearth.apps.agreements.models import Agreement, Clause
from hearth.apps.agreements.states import ClauseState
from hearth.apps.measures.rules import Measure, count

MEASURES = (
    Measure(
        "agreements.signed",
        "协议.签订",
        "份",
        "各方签字的协议",
        lambda subject: Agreement.objects.filter(campaign=subject),
        count("份"),
        lambda agreement: str(agreement.signed_on),
    ),
    Measure(
        "agreements.clauses",
        "协议.条款",
        "项",
        "协议中有责任人和期限的事项",
        lambda subject: Clause.objects.filter(campaign=subject),
        count("项"),
        lambda clause: clause.get_state_display(),
    ),
    Measure(
        "agreements.kept",
        "协议.兑现",
        "项",
        "已完成的协议事项",
        lambda subject: Clause.objects.filter(campaign=subject, state=ClauseState.DONE),
        count("项"),
    ),
)
