"""What anyone sees."""

from django.urls import path

from hearth.web.public.views import entrance, papers

app_name = "public"
urlpatterns = [
    path("", papers.home, name="home"),
    path("papers/", papers.index, name="papers"),
    path("papers/<str:address>/", papers.paper, name="paper"),
    path("papers/<str:address>/word/", papers.word, name="word"),
    path("papers/<str:address>/rating/", papers.rate, name="rate"),
    path("papers/<str:address>/qr.svg", papers.qr, name="qr"),
    path("enter/<str:username>/", entrance.enter, name="enter"),
    path("healthz", entrance.health, name="health"),
]
