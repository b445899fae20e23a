"""The pages of `patients.views`."""

from django.urls import path

from patients import views

urlpatterns = [
    path("patients/", views.find, name="patients"),
    path("patients/new/", views.register, name="patient-new"),
    path("patients/<int:pk>/edit/", views.edit, name="patient-edit"),
]
