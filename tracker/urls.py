"""Every page and every endpoint."""

from django.urls import include, path

from tracker import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/v1/", include("tracker.api")),
    path("", include("tracker.dashboard.urls")),
    path("", include("patients.urls")),
    path("", include("schedules.urls")),
    path("", include("notifications.urls")),
    path("", include("tracker.imports.urls")),
    path("", include("tracker.reports.urls")),
    path("", include("tracker.clinic.urls")),
]
