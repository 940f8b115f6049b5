"""Papers and measures."""

from django.urls import path

from hearth.web.desk.views import measures, papers

urlpatterns = [
    path("papers/", papers.index, name="papers"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/word/", papers.word, name="paper_word"),
    path("papers/<int:pk>/revise/", papers.revise, name="paper_revise"),
    path("papers/<int:pk>/retake/", papers.retake, name="paper_retake"),
    path("papers/<int:pk>/submit/", papers.submit, name="paper_submit"),
    path("papers/<int:pk>/send-back/", papers.send_back, name="paper_send_back"),
    path("papers/<int:pk>/sign/", papers.sign, name="paper_sign"),
    path("papers/<int:pk>/issue/", papers.issue, name="paper_issue"),
    path("papers/<int:pk>/keep/", papers.keep_as_signed, name="paper_keep"),
    path("papers/<int:pk>/correct/", papers.correct, name="paper_correct"),
    path("papers/<int:pk>/publish/", papers.publish, name="paper_publish"),
    path("papers/<int:pk>/withdraw/", papers.withdraw, name="paper_withdraw"),
    path("measures/", measures.index, name="measures"),
    path("measures/<int:subject>/<path:key>/", measures.measure, name="measure"),
]
