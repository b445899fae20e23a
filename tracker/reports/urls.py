"""The pages of `tracker.reports.views`."""

from django.urls import path

from tracker.reports import views

urlpatterns = [
    path("reports/adherence/", views.adherence, name="adherence"),
    path("reports/adherence.csv", views.adherence_csv, name="adherence-csv"),
]
