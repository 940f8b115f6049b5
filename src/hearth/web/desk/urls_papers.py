"""Papers and measures."""

from django.urls import path

from hearth.web.desk.views import measures, paper_files, paper_numbers, paper_way, paper_writing, papers

urlpatterns = [
    path("papers/", papers.index, name="papers"),
    path("papers/new/", paper_writing.new, name="paper_new"),
    path("papers/register/", paper_numbers.register, name="paper_register"),
    path("papers/register/series/", paper_numbers.open_series, name="paper_series"),
    path("papers/countersigns/", paper_way.disclosures, name="paper_disclosures"),
    path("papers/countersigns/<int:pk>/", paper_way.disclosure, name="paper_disclosure"),
    path("papers/countersigns/<int:pk>/word/", paper_way.disclosure_word, name="paper_disclosure_word"),
    path("papers/countersigns/<int:pk>/answer/", paper_way.disclosure_answer, name="paper_disclosure_answer"),
    path("papers/comments/<int:pk>/answer/", paper_way.answer, name="paper_comment_answer"),
    path("papers/comments/<int:pk>/settle/", paper_way.settle, name="paper_comment_settle"),
    path("papers/comments/<int:pk>/reopen/", paper_way.reopen, name="paper_comment_reopen"),
    path("papers/versions/<int:pk>/restore/", paper_writing.restore, name="paper_restore"),
    path("papers/<int:pk>/", papers.paper, name="paper"),
    path("papers/<int:pk>/preview/", paper_writing.preview, name="paper_preview"),
    path("papers/<int:pk>/picture/", paper_writing.add_picture, name="paper_add_picture"),
    path("papers/<int:pk>/versions/", paper_writing.versions, name="paper_versions"),
    path("papers/<int:pk>/comment/", paper_way.comment, name="paper_comment"),
    path("papers/<int:pk>/countersign/", paper_way.ask, name="paper_ask_countersign"),
    path("papers/<int:pk>/countersign/sheet/", paper_way.record, name="paper_record_countersign"),
    path("papers/<int:pk>/word/", paper_files.word, name="paper_word"),
    path("papers/<int:pk>/pdf/", paper_files.pdf, name="paper_pdf"),
    path("papers/<int:pk>/pages/", paper_files.pages, name="paper_pages"),
    path("papers/<int:pk>/pages/<int:page>/", paper_files.picture, name="paper_picture"),
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
