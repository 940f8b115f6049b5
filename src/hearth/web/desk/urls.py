"""The desk: association staff at every level."""

from hearth.web.desk import urls_campaign, urls_exchange, urls_house, urls_papers

app_name = "desk"
urlpatterns = [
    *urls_campaign.urlpatterns,
    *urls_papers.urlpatterns,
    *urls_exchange.urlpatterns,
    *urls_house.urlpatterns,
]
