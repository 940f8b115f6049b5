"""Visits, their cases, the contacts of cadres, the page for the way."""

from django.urls import path

from hearth.web.desk.views import cases, contacts, field, visits

urlpatterns = [
    path("campaigns/<int:pk>/visits/", visits.index, name="visits"),
    path("campaigns/<int:pk>/cases/", visits.cases, name="cases"),
    path("campaigns/visit/<int:pk>/", visits.visit, name="visit"),
    path("campaigns/visit/<int:pk>/amend/", visits.amend, name="visit_amend"),
    path("campaigns/visit/<int:pk>/money/", visits.money, name="visit_money"),
    path("campaigns/visit/<int:pk>/demand/", visits.demand, name="visit_demand"),
    path("campaigns/visit/<int:pk>/expert/", visits.expert, name="visit_expert"),
    path("field/", field.page, name="visit_new"),
    path("field/worker.js", field.worker, name="visit_worker"),
    path("field/standing/", field.standing, name="visit_standing"),
    path("field/send/", field.send, name="visit_send"),
    path("contacts/", contacts.index, name="contacts"),
    path("contacts/keep/", contacts.keep, name="contact_keep"),
    path("contacts/take/", contacts.take, name="contact_take"),
    path("contacts/ask/", contacts.ask, name="contact_ask"),
    path("contacts/<int:pk>/end/", contacts.end, name="contact_end"),
    path("campaigns/case/<int:pk>/", cases.case, name="case"),
    path("campaigns/case/<int:pk>/assign/", cases.assign, name="case_assign"),
    path("campaigns/case/<int:pk>/begin/", cases.begin, name="case_begin"),
    path("campaigns/case/<int:pk>/close/", cases.close, name="case_close"),
    path("campaigns/case/<int:pk>/reopen/", cases.reopen, name="case_reopen"),
    path("campaigns/case/<int:pk>/confidence/", cases.confidence, name="case_confidence"),
    path("campaigns/case/<int:pk>/rate/", cases.rate, name="case_rate"),
    path("campaigns/visit-suggestion/<int:pk>/", visits.suggestion, name="visit_suggestion"),
]
