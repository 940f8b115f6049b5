"""What was signed."""

from hearth.apps.agreements.models import Agreement, Clause
from hearth.apps.agreements.states import ClauseState
from hearth.apps.measures.rules import Family, Listing, Measure, Value, count
from hearth.apps.measures.states import Shape


def _clause(number: str) -> Measure:
    return Measure(
        f"agreements.clause.{number}",
        f"条款.{number}",
        "",
        "协议登记的事项原文",
        lambda subject: Clause.objects.filter(campaign=subject, number=number),
        lambda rows: Value(Shape.WRITTEN, written=rows.get().text),
        lambda clause: clause.clause,
    )


def _clauses(subject: int, agreement: str) -> list[str]:
    """Clauses of one agreement; without an argument, of the first."""
    chosen = Agreement.objects.filter(campaign=subject)
    first = (chosen.filter(number=agreement) if agreement else chosen).first()
    if first is None:
        return []
    return [f"{clause.clause}　{{{{条款.{clause.number}}}}}" for clause in first.clauses.order_by("number")]


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
FAMILIES = (Family("agreements.clause", "条款", _clause),)
LISTINGS = (Listing("条款", _clauses),)
