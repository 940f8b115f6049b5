"""The exchange: demands, offers, matches, forums with their timetables, agreements."""

from django.urls import path

from hearth.web.desk.views import demands, matches, offers

urlpatterns = [
    path("demands/", demands.index, name="demands"),
    path("demands/match/<int:campaign>/", demands.match, name="demands_match"),
    path("demands/<int:pk>/", demands.demand, name="demand"),
    path("demands/<int:pk>/edit/", demands.edit, name="demand_edit"),
    path("offers/", offers.index, name="offers"),
    path("offers/<int:pk>/", offers.offer, name="offer"),
    path("offers/<int:pk>/edit/", offers.edit, name="offer_edit"),
    path("matches/<int:pk>/", matches.match, name="match"),
    path("matches/<int:pk>/propose/", matches.propose, name="match_propose"),
    path("matches/<int:pk>/dismiss/", matches.dismiss, name="match_dismiss"),
    path("matches/<int:pk>/undo/", matches.undo, name="match_undo"),
]
