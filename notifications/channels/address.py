"""Addresses of servers, as the settings write them."""

from dataclasses import dataclass, field
from typing import Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


@dataclass(frozen=True, kw_only=True)
class ServerAddress:
    """What scheme://user:password@host:port/path?option=value says."""

    scheme: str
    host: str
    port: int | None
    path: str
    user: str
    password: str = field(repr=False)
    options: dict[str, str]

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an address; raise ValueError, which never repeats the password."""
        parts = urlsplit(url)
        if not parts.hostname:
            raise ValueError("the address names no host")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not (user + password).isascii():
            raise ValueError("user and password must be plain ASCII")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=_port(parts),
            path=parts.path,
            user=user,
            password=password,
            options=dict(parse_qsl(parts.query, keep_blank_values=True)),
        )

    @property
    def bare(self) -> str:
        """Return the address without login and options."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{host}{port}{self.path}"


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        # The library's own words would repeat what follows a colon: often the password.
        raise ValueError("the port is not a number up to 65535") from None
