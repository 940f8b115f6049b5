"""Every page of the house, by audience."""

urlpatterns: list[object] = []
