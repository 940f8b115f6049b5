"""The house itself: organisations, people, jobs and the audit trail."""

from django.urls import path

from hearth.web.desk.views import audit, jobs, organisations, people, personal, search

urlpatterns = [
    path("search/", search.search, name="search"),
    path("organisations/", organisations.index, name="organisations"),
    path("people/", people.index, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/phone/", people.reveal, name="person_reveal"),
    path("personal/", personal.index, name="personal"),
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("audit/", audit.index, name="audit"),
]
