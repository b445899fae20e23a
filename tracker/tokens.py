"""Tokens: how a program signs in, and out."""

from typing import Any

from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT
from rest_framework.views import APIView

from patients.endpoints import Strict


class SignIn(Strict):
    """Who signs in."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class TokenOut(serializers.Serializer[Any]):
    """A token. It is shown once: only its hash is kept."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class Token(APIView):
    """Sign in for a token, or end the one in use."""

    permission_classes = ()
    authentication_classes = (TokenAuthentication,)

    @extend_schema(request=SignIn, responses={201: TokenOut}, auth=[])
    def post(self, request: Request) -> Response:
        """Give a token to whoever knows a name and its password."""
        said = SignIn(data=request.data)
        said.is_valid(raise_exception=True)
        user = authenticate(request, **said.validated_data)
        if user is None:
            raise AuthenticationFailed("The name or the password is wrong.")
        known, token = AuthToken.objects.create(user)
        answer = TokenOut({"token": token, "expires_at": known.expiry}).data
        return Response(answer, status=HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """End the token in use."""
        if not request.user.is_authenticated or request.auth is None:
            raise NotAuthenticated
        request.auth.delete()
        return Response(status=HTTP_204_NO_CONTENT)
