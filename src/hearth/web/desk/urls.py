"""The desk: association staff at every level."""

from hearth.web.desk import (
    urls_campaign,
    urls_contingency,
    urls_exchange,
    urls_house,
    urls_notices,
    urls_outreach,
    urls_papers,
    urls_publicity,
    urls_visits,
)

app_name = "desk"
urlpatterns = [
    *urls_campaign.urlpatterns,
    *urls_contingency.urlpatterns,
    *urls_notices.urlpatterns,
    *urls_publicity.urlpatterns,
    *urls_visits.urlpatterns,
    *urls_outreach.urlpatterns,
    *urls_papers.urlpatterns,
    *urls_exchange.urlpatterns,
    *urls_house.urlpatterns,
]
