"""Contingency: levels, plans B, resources, the switch."""

from django.urls import path

from hearth.web.desk.views import contingency, plans_b, switching

urlpatterns = [
    path("campaigns/<int:pk>/contingency/", contingency.index, name="contingency"),
    path("campaigns/<int:pk>/contingency/level/", plans_b.new_level, name="level_new"),
    path("campaigns/<int:pk>/contingency/plan/", plans_b.new_plan, name="plan_b_new"),
    path("campaigns/<int:pk>/contingency/resource/", contingency.add_resource, name="resource_new"),
    path("campaigns/resource/<int:pk>/drop/", contingency.drop_resource, name="resource_drop"),
    path("campaigns/resource/<int:pk>/phone/", contingency.reveal, name="resource_reveal"),
    path("campaigns/level/<int:pk>/", plans_b.level, name="level"),
    path("campaigns/level/<int:pk>/amend/", plans_b.amend_level, name="level_amend"),
    path("campaigns/level/<int:pk>/prepare/", plans_b.prepare_for_level, name="level_prepare"),
    path("campaigns/level/<int:pk>/switch/", switching.to_level, name="level_switch"),
    path("campaigns/plan/<int:pk>/", plans_b.plan, name="plan_b"),
    path("campaigns/plan/<int:pk>/amend/", plans_b.amend_plan, name="plan_b_amend"),
    path("campaigns/plan/<int:pk>/prepare/", plans_b.prepare_for_plan, name="plan_b_prepare"),
    path("campaigns/plan/<int:pk>/switch/", switching.to_plan, name="plan_b_switch"),
    path("campaigns/change/<int:pk>/drop/", plans_b.drop_change, name="change_drop"),
    path("campaigns/switch/<int:pk>/", switching.switch, name="switch"),
    path("campaigns/switch/<int:pk>/undo/", switching.undo, name="switch_undo"),
    path("campaigns/switch/<int:pk>/calls/", switching.reveal, name="switch_calls"),
    path("campaigns/call/<int:pk>/", switching.called, name="call_done"),
]
