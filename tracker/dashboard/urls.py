"""The list, the chart, and the door."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from tracker.dashboard import views

urlpatterns = [
    path("", views.today, name="today"),
    path("patients/<int:patient_id>/", views.patient, name="patient"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("switch-clinic/", views.switch_clinic, name="switch-clinic"),
]
