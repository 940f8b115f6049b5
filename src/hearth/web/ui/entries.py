"""Forms in which demands and offers are entered, at the desk and by partners themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearth.apps.directory.models import Organisation, Person
from hearth.apps.exchange.actions import DemandEntry, OfferEntry
from hearth.apps.exchange.models import Demand, Offer
from hearth.apps.exchange.rules import names_in
from hearth.apps.exchange.states import Cooperation, OfferKind, Secrecy, Stage
from hearth.web.ui.forms import DayInput, Pick, Picks, Quantity, RowForm

LINES = forms.Textarea(attrs={"rows": 4})


class AvoidField(forms.CharField):
    """Short names of organisations, separated by 、; becomes the organisations."""

    def clean(self, value: Any) -> Sequence[Organisation]:
        names = names_in(super().clean(value))
        known = {org.short_name: org for org in Organisation.objects.filter(short_name__in=names)}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ValidationError(
                gettext("没有简称为“%(names)s”的组织。请照组织页写简称，几个之间用“、”隔开。")
                % {"names": "、".join(unknown)}
            )
        return [known[name] for name in names]


class DemandForm(RowForm):
    number = forms.CharField(label=_("编号"), max_length=30)
    title = forms.CharField(label=_("名称"), max_length=120)
    field = forms.CharField(label=_("领域"), max_length=60)
    problem = forms.CharField(label=_("主要问题"), widget=LINES)
    indicators = forms.CharField(label=_("技术指标"), widget=LINES)
    target = forms.CharField(label=_("预期目标"), widget=LINES, required=False)
    keywords = forms.CharField(label=_("关键词"), max_length=200, help_text=_("几个之间用“、”隔开"))
    cooperation = forms.ChoiceField(
        label=_("合作方式"), choices=[("", _("没有说")), *Cooperation.choices], required=False
    )
    funds = forms.DecimalField(
        label=_("投入"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        widget=Quantity(_("万元"), {"inputmode": "decimal"}),
        error_messages={"invalid": _("应为数字，如 80。")},
    )
    due = forms.DateField(label=_("期限"), required=False, widget=DayInput)
    secrecy = forms.ChoiceField(
        label=_("保密"),
        widget=Picks,
        choices=[
            (Secrecy.PUBLIC, Pick(Secrecy.PUBLIC.label, _("对方看得到名称"))),
            (Secrecy.INTERNAL, Pick(Secrecy.INTERNAL.label, _("科协看得到全文，对方只看到公开摘要"))),
            (Secrecy.SECRET, Pick(Secrecy.SECRET.label, _("全文不出本单位，科协和对方都只看到公开摘要"))),
        ],
    )
    public_summary = forms.CharField(
        label=_("公开摘要"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    contact = forms.ModelChoiceField(
        label=_("联系人"), queryset=Person.objects.none(), required=False, empty_label=_("没有指定")
    )
    avoid = AvoidField(label=_("回避单位"), required=False, help_text=_("不要推荐给谁；写简称，用“、”隔开"))

    def __init__(self, *args: Any, org: Organisation, demand: Demand | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(demand, self.base_fields), **kwargs)
        _choose_people(self.fields["contact"], org)

    def entry(self) -> DemandEntry:
        given = self.cleaned_data
        return DemandEntry(
            **given
            | {
                "secrecy": Secrecy(given["secrecy"]),
                "cooperation": Cooperation(given["cooperation"]) if given["cooperation"] else None,
            }
        )


class OfferForm(RowForm):
    number = forms.CharField(label=_("编号"), max_length=30)
    kind = forms.ChoiceField(label=_("类别"), choices=OfferKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("名称"), max_length=120)
    field = forms.CharField(label=_("领域"), max_length=60)
    text = forms.CharField(label=_("简介"), widget=LINES)
    keywords = forms.CharField(label=_("关键词"), max_length=200, help_text=_("几个之间用“、”隔开"))
    person = forms.ModelChoiceField(
        label=_("专家或完成人"), queryset=Person.objects.none(), required=False, empty_label=_("没有指定")
    )
    stage = forms.ChoiceField(label=_("阶段"), choices=[("", _("没有说")), *Stage.choices], required=False)
    terms = forms.CharField(label=_("方式"), max_length=120, required=False)
    days_a_year = forms.IntegerField(
        label=_("服务天数"),
        min_value=0,
        max_value=366,
        required=False,
        widget=Quantity(_("天一年")),
        error_messages={"invalid": _("应为整数，如 30。")},
    )
    avoid = AvoidField(label=_("回避单位"), required=False, help_text=_("不要推荐给谁；写简称，用“、”隔开"))

    def __init__(self, *args: Any, org: Organisation, offer: Offer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(offer, self.base_fields), **kwargs)
        _choose_people(self.fields["person"], org)
        self._kept = _out_of_sight(offer)
        if self._kept:
            del self.fields["person"]

    def entry(self) -> OfferEntry:
        given = self.cleaned_data
        return OfferEntry(
            **given
            | {
                "kind": OfferKind(given["kind"]),
                "stage": Stage(given["stage"]) if given["stage"] else None,
                "person": self._kept or given["person"],
            }
        )


def _initial(row: Demand | Offer | None, fields: dict[str, forms.Field]) -> dict[str, Any]:
    return {name: getattr(row, f"{name}_id", None) or getattr(row, name) for name in fields} if row else {}


def _out_of_sight(offer: Offer | None) -> Person | None:
    """The person of an offer whose provider stands beyond the wall: known by number and copied name only, and kept."""
    if offer is None or offer.person_id is None or Person.objects.filter(pk=offer.person_id).exists():
        return None
    return Person(pk=offer.person_id, name=offer.holder)


def _choose_people(field: forms.Field, org: Organisation) -> None:
    field.queryset = Person.objects.filter(org=org)  # type: ignore[attr-defined]  # a ModelChoiceField
