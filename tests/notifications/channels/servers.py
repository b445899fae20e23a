"""Servers that misbehave on demand, on loopback, one thread a connection."""

import contextlib
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from tests.components.processes import HOST

DROP = "<drop>"  # close the connection
SILENCE = "<silence>"  # keep it open and never answer
SLOW = "<slow>"  # answer well, after a while
A_WHILE = 0.2  # seconds
PATIENCE = 10  # seconds after which a test that went wrong is over


@contextlib.contextmanager
def unreachable() -> Iterator[int]:
    """Give a port at which connections are never completed: its queue is full."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((HOST, 0), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield int(listener.getsockname()[1])


def showing(certificate: Path) -> ssl.SSLContext:
    """Return what makes a server show `certificate`; its key lies beside it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    return context


class _Gone(Exception):
    """The connection has ended, by our doing or the client's."""


class ScriptedServer:
    """
    A server that answers well, until its plan says otherwise.

    `plan` names a moment and what happens there, one answer for each time it comes;
    when they are used up the server answers well again.
    """

    def __init__(
        self,
        plan: Mapping[str, Sequence[str]] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._tls = tls
        self.connections = 0
        self.moments: list[str] = []
        self._plan = defaultdict[str, list[str]](list)
        for moment, answers in (plan or {}).items():
            self._plan[moment] = list(answers)
        self._stopped = threading.Event()
        self._listener = socket.create_server((HOST, 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)

    def serve(self, connection: socket.socket) -> None:
        """Talk to one client until one of the two has had enough."""
        raise NotImplementedError

    def act(self, connection: socket.socket, moment: str, well: bytes = b"") -> None:
        """Do what the plan says for this moment, or answer well."""
        self.moments.append(moment)
        planned = self._plan[moment].pop(0) if self._plan[moment] else None
        if planned == DROP:
            raise _Gone
        if planned == SILENCE:
            self._stopped.wait(PATIENCE)
            raise _Gone
        if planned == SLOW:
            self._stopped.wait(A_WHILE)
            planned = None
        connection.sendall(well if planned is None else planned.encode())

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            thread = threading.Thread(
                target=self._talk, args=(connection,), daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        with connection, contextlib.suppress(_Gone, OSError):
            if self._tls is None:
                self.serve(connection)
            else:
                with self._tls.wrap_socket(connection, server_side=True) as secure:
                    self.serve(secure)


class ScriptedSmtp(ScriptedServer):
    """
    An SMTP server. `kept` holds every letter of which the final dot has arrived.

    Moments: "connect", each command by its verb, "letter" (after it said 354), "end"
    (after the final dot), "kept" (after it said 250).
    """

    def __init__(
        self,
        plan: Mapping[str, Sequence[str]] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(plan, tls=tls)
        self.kept: list[bytes] = []
        self.recipients: list[str] = []

    def serve(self, connection: socket.socket) -> None:
        self.act(connection, "connect", b"220 ready\r\n")
        with connection.makefile("rb") as lines:
            for line in lines:
                verb = line.split()[0].decode().upper()
                if verb == "RCPT":
                    self.recipients.append(line.decode().strip())
                if verb == "DATA":
                    self._receive(connection, lines)
                else:
                    code = b"221 bye\r\n" if verb == "QUIT" else b"250 fine\r\n"
                    self.act(connection, verb, code)

    def _receive(self, connection: socket.socket, lines: Iterator[bytes]) -> None:
        if self._plan["letter"]:
            # In one segment with the end of the connection, so that the client cannot
            # get a word in between.
            connection.send(b"354 go on\r\n", socket.MSG_MORE)
        else:
            well = b"354 go on\r\n"
            refused = bool(self._plan["DATA"])
            self.act(connection, "DATA", well)
            if refused:
                return
        self.act(connection, "letter")
        letter = b""
        for line in lines:
            if line == b".\r\n":
                self.kept.append(letter)
                self.act(connection, "end", b"250 2.0.0 kept\r\n")
                self.act(connection, "kept")
                return
            letter += line
        raise _Gone


class ScriptedGateway(ScriptedServer):
    """
    An HTTP server in the place of Kannel. `requests` holds every request it has read.

    Moments: "connect", and "answer" (the whole answer is planned).
    """

    TAKEN = (
        "HTTP/1.1 202 Accepted\r\nContent-Length: 24\r\n\r\n0: Accepted for delivery"
    )

    def __init__(
        self,
        plan: Mapping[str, Sequence[str]] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(plan, tls=tls)
        self.requests: list[tuple[str, dict[str, str], bytes]] = []

    def serve(self, connection: socket.socket) -> None:
        self.act(connection, "connect")
        with connection.makefile("rb") as stream:
            while line := stream.readline():
                headers = dict(self._headers(stream))
                body = stream.read(int(headers["content-length"]))
                self.requests.append((line.decode().strip(), headers, body))
                self.act(connection, "answer", self.TAKEN.encode())

    @staticmethod
    def _headers(stream: Iterator[bytes]) -> Iterator[tuple[str, str]]:
        for line in stream:
            if line == b"\r\n":
                return
            name, _, value = line.decode().partition(":")
            yield name.lower(), value.strip()
