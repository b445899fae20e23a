"""The pages of `notifications.views`."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("messages/", views.outbox, name="messages"),
    path("messages/<int:pk>/done/", views.finish_task, name="task-done"),
]
