from django.urls import path

from hearth.web.ui import views

app_name = "ui"
urlpatterns = [
    path("act/", views.act, name="act"),
    path("messages/", views.inbox, name="inbox"),
    path("messages/read/", views.read, name="read"),
    path("language/", views.language, name="language"),
]
