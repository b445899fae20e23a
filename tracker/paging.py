"""Pages of the API."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """The newest rows, and a cursor to the next: stable while rows come in."""

    ordering = "-id"
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
