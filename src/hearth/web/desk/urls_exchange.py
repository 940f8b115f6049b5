"""The exchange: demands, offers, matches, forums with their timetables, agreements."""

from django.urls import path

from hearth.web.desk.views import agreements, attendance, demands, forums, matches, offers, places

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
    path("forums/", forums.index, name="forums"),
    path("forums/<int:pk>/", forums.forum, name="forum"),
    path("forums/<int:pk>/edit/", forums.edit, name="forum_edit"),
    path("forums/<int:pk>/cards/", forums.cards, name="forum_cards"),
    path("forums/<int:pk>/timetable.xlsx", forums.timetable_file, name="forum_file"),
    path("forums/<int:pk>/assign/", forums.assign, name="forum_assign"),
    path("forums/<int:pk>/invite/", forums.invite, name="forum_invite"),
    path("forums/<int:pk>/run/", forums.run, name="forum_run"),
    path("forums/<int:pk>/publish/", forums.publish, name="forum_publish"),
    path("forums/<int:pk>/withdraw/", forums.withdraw, name="forum_withdraw"),
    path("forums/<int:pk>/attendance/", attendance.index, name="attendances"),
    path("forums/<int:pk>/check-in/", attendance.check_in, name="check_in"),
    path("participants/<int:pk>/calendar.ics", forums.calendar, name="calendar"),
    path("participants/<int:pk>/absences/", forums.excuse, name="excuse"),
    path("attendance/<int:pk>/", attendance.attendance, name="attendance"),
    path("places/<int:pk>/", places.place, name="place"),
    path("meetings/<int:pk>/fix/", places.fix, name="meeting_fix"),
    path("meetings/<int:pk>/unfix/", places.unfix, name="meeting_unfix"),
    path("agreements/", agreements.index, name="agreements"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("clauses/<int:pk>/", agreements.clause, name="clause"),
    path("clauses/<int:pk>/begin/", agreements.begin, name="clause_begin"),
    path("clauses/<int:pk>/fulfil/", agreements.fulfil, name="clause_fulfil"),
    path("clauses/<int:pk>/late/", agreements.declare_late, name="clause_late"),
    path("clauses/<int:pk>/reopen/", agreements.reopen, name="clause_reopen"),
]
