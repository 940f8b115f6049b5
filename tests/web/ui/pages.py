"""Addresses for the tests of the look: one page of each kind, without rules of their own."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from hearth.apps.directory.states import Permission
from hearth.web.ui.access import public, requires
from hearth.web.ui.forms import FileButton, Origin, Pick, Picks, Quantity, RowForm

handler404 = "hearth.web.ui.errors.not_found"
handler500 = "hearth.web.ui.errors.failed"


class ReturnForm(RowForm):
    organisation = forms.CharField(label="填报单位")
    visits = forms.IntegerField(
        label="走访慰问", widget=Quantity("人"), error_messages={"invalid": "应为数字，如 12。"}
    )
    note = forms.CharField(label="体会", widget=forms.Textarea, required=False, help_text="最多 500 字")
    form = forms.ChoiceField(
        label="形式", choices=[("a", "集中学习"), ("b", "座谈")], widget=forms.RadioSelect
    )
    level = forms.ChoiceField(label="级别", choices=[("a", "常态"), ("b", "二级")])
    plan = forms.ChoiceField(label="办法", choices=[("b", Pick("B 案", "改在线上"))], widget=Picks)
    tell = forms.BooleanField(label="同时告知上级", required=False)
    paper = forms.FileField(label="盖章件", widget=FileButton("选文件，或拍照"))


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/public.html")


@requires(Permission.SEE_DESK)
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/desk.html")


@requires(Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/desk.html")


@requires(Permission.SEE_PARTNER)
def partner(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/partner.html")


def form(data: dict[str, str] | None = None) -> ReturnForm:
    return ReturnForm(data, origins={"organisation": Origin("已填：来自组织名册", "/register/", "改名册")})


urlpatterns = [
    path(
        "",
        include(([path("", home, name="home"), path("enter/<str:username>/", home, name="enter")], "public")),
    ),
    path("", include("hearth.web.ui.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path(
        "desk/",
        include(
            (
                [
                    path("", desk, name="home"),
                    path("papers/", desk, name="papers"),
                    path("papers/<int:pk>/", desk, name="paper"),
                    path("audit/", audit, name="audit"),
                ],
                "desk",
            )
        ),
    ),
    path("partner/", include(([path("", partner, name="home")], "partner"))),
]
