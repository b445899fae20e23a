"""The pages of `tracker.imports.views`."""

from django.urls import path

from tracker.imports import views

urlpatterns = [
    path("import/", views.upload, name="import"),
    path("import/<int:pk>/", views.preview, name="import-preview"),
    path("import/lines/", views.lines, name="import-lines"),
    path("import/lines/<int:pk>/", views.line, name="import-line"),
]
