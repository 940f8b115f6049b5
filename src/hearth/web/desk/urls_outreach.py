"""Outreach: events with their places and door, materials with their ledger."""

from django.urls import path

from hearth.web.desk.views import materials, outreach, outreach_places

urlpatterns = [
    path("campaigns/<int:pk>/outreach/", outreach.index, name="outreach"),
    path("campaigns/<int:pk>/outreach/new/", outreach.plan, name="outreach_plan"),
    path("campaigns/<int:pk>/labels/", materials.labels, name="labels"),
    path("campaigns/material/<int:pk>/qr.svg", materials.qr, name="material_qr"),
    path("campaigns/material/<int:pk>/hand-out/", materials.hand_out, name="material_hand_out"),
    path("campaigns/<int:pk>/materials/new/", outreach.new_material, name="material_new"),
    path("campaigns/<int:pk>/movements/", outreach.movements, name="movements"),
    path("campaigns/<int:pk>/movements/new/", outreach.move, name="move"),
    path("campaigns/event/<int:pk>/", outreach.event, name="outreach_event"),
    path("campaigns/event/<int:pk>/amend/", outreach.amend_event, name="outreach_event_amend"),
    path(
        "campaigns/event/<int:pk>/registrations/", outreach_places.index, name="outreach_event_registrations"
    ),
    path("campaigns/event/<int:pk>/contacts/", outreach_places.contacts, name="outreach_event_contacts"),
    path("campaigns/event/<int:pk>/write/", outreach_places.write, name="outreach_event_write"),
    path("campaigns/event/<int:pk>/publish/", outreach_places.publish, name="outreach_event_publish"),
    path("campaigns/event/<int:pk>/withdraw/", outreach_places.withdraw, name="outreach_event_withdraw"),
    path("campaigns/event/<int:pk>/door/", outreach_places.open_door, name="outreach_event_door"),
    path("campaigns/event/<int:pk>/door/qr.svg", outreach_places.door_qr, name="outreach_event_door_qr"),
    path("campaigns/event/<int:pk>/count/", outreach_places.count, name="outreach_event_count"),
    path("campaigns/event/<int:pk>/ask/", outreach_places.ask, name="outreach_event_ask"),
    path("campaigns/event/<int:pk>/reserve/", materials.reserve, name="outreach_event_reserve"),
    path("campaigns/event/<int:pk>/explain/", materials.explain, name="outreach_event_explain"),
    path("campaigns/movement/<int:pk>/", outreach.movement, name="movement"),
    path("campaigns/movement/<int:pk>/amend/", outreach.amend_movement, name="movement_amend"),
]
