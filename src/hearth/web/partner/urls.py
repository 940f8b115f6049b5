"""What enterprises, schools and experts see: their own affairs."""

from django.urls import path

from hearth.web.partner.views import entries, home, proposals

app_name = "partner"
urlpatterns = [
    path("", home.home, name="home"),
    path("calendar.ics", home.calendar, name="calendar"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("demands/<int:pk>/", entries.demand, name="demand"),
    path("offers/<int:pk>/", entries.offer, name="offer"),
]
