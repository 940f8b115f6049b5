"""Notices, the returns to them and what they sum up to."""

from django.urls import path

from hearth.web.desk.views import notice_issue, notice_links, notice_sums, notices, returns

urlpatterns = [
    path("campaigns/<int:pk>/notices/", notices.index, name="notices"),
    path("campaigns/notice/<int:pk>/", notices.notice, name="notice"),
    path("campaigns/<int:pk>/notices/new/", notice_issue.new, name="notice_new"),
    path("campaigns/notice/<int:pk>/remind/", notices.remind, name="notice_remind"),
    path("campaigns/notice/<int:pk>/links/", notice_links.index, name="notice_links"),
    path("campaigns/notice/<int:pk>/links/give/", notice_links.give, name="notice_links_give"),
    path("campaigns/return/<int:pk>/link/renew/", notice_links.renew, name="return_link_renew"),
    path("campaigns/return/<int:pk>/link/revoke/", notice_links.revoke, name="return_link_revoke"),
    path("campaigns/notice/<int:pk>/roll-up/", notice_sums.roll_up, name="notice_roll_up"),
    path("campaigns/notice/<int:pk>/roll-up/file/", notice_sums.workbook, name="notice_roll_up_file"),
    path("campaigns/notice/<int:pk>/credit/", notice_sums.share, name="notice_credit"),
    path("campaigns/duplicate/<int:pk>/part/", notice_sums.part, name="notice_part"),
    path("campaigns/return/<int:pk>/", returns.returned, name="return"),
    path("campaigns/return/<int:pk>/acknowledge/", returns.acknowledge, name="return_acknowledge"),
    path("campaigns/return/<int:pk>/answer/", returns.answer, name="return_answer"),
    path("campaigns/return/<int:pk>/stamp/", returns.confirm_stamp, name="return_stamp"),
    path("campaigns/return/<int:pk>/stamp/<int:page>.png", returns.stamp_page, name="return_stamp_page"),
    path("campaigns/return/<int:pk>/remind/", returns.remind, name="return_remind"),
    path("campaigns/return/<int:pk>/send-back/", returns.send_back, name="return_send_back"),
]
