"""Every page of the house, by audience."""

from allauth.account import views as account
from django.urls import include, path

handler400 = "hearth.web.ui.errors.bad_request"
handler403 = "hearth.web.ui.errors.forbidden"
handler404 = "hearth.web.ui.errors.not_found"
handler500 = "hearth.web.ui.errors.failed"

urlpatterns = [
    path("", include("hearth.web.public.urls")),
    path("", include("hearth.web.ui.urls")),
    path("desk/", include("hearth.web.desk.urls")),
    path("partner/", include("hearth.web.partner.urls")),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/2fa/", include("allauth.mfa.urls")),
]
