"""What enterprises, schools and experts see: their own affairs."""

from django.urls import path

from hearth.web.partner.views import home

app_name = "partner"
urlpatterns = [
    path("", home.home, name="home"),
]
