"""The pages of `tracker.clinic.views`."""

from django.urls import path

from tracker.clinic import views

urlpatterns = [
    path("clinic/", views.settings, name="clinic"),
    path("clinic/week/", views.week, name="clinic-week"),
    path("clinic/laboratory/", views.laboratory, name="clinic-laboratory"),
    path("clinic/days/", views.add_day, name="clinic-day-add"),
    path("clinic/days/<int:pk>/forget/", views.forget_day, name="clinic-day-forget"),
    path("clinic/parameters/", views.parameters, name="clinic-parameters"),
    path("clinic/hold/", views.hold, name="clinic-hold"),
]
