"""
A real SMS gateway with its own fake carrier.

    our channel ──HTTP──► smsbox ──► bearerbox ◄── fakesmsc, the carrier

Kannel's `smsc = fake` waits for fakesmsc to call in, and hands it each text as a line
of plain words, which fakesmsc writes to its log: what the patients received. A text
of two lines arrives there as two entries; the second has no addresses.
Kannel binds that one port to every interface, and `connect-allow-ip` is what keeps
others out; all other ports are bound to loopback.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pytest
import requests

from tests.components.processes import (
    HOST,
    free_port,
    listens,
    running,
    wait_until,
)

BEARERBOX = Path("/usr/sbin/bearerbox")
SMSBOX = Path("/usr/sbin/smsbox")
FAKESMSC = Path("/usr/lib/kannel/test/fakesmsc")
MISSING = "Kannel is not installed (packages kannel and kannel-extras)"
PASSWORD = "kannel-of-the-tests"

CONFIGURATION = Template(
    """
group = core
admin-port = $admin_port
admin-interface = $host
admin-password = $password
smsbox-port = $smsbox_port
smsbox-interface = $host
box-allow-ip = $host
box-deny-ip = *.*.*.*

group = smsc
smsc = fake
smsc-id = carrier
port = $carrier_port
connect-allow-ip = $host

group = smsbox
bearerbox-host = $host
bearerbox-port = $smsbox_port
sendsms-port = $send_port
sendsms-interface = $host

group = sendsms-user
username = clinic
password = $password
max-messages = 10
concatenation = true

group = sms-service
keyword = default
max-messages = 0
text = ""
"""
)


@dataclass(frozen=True)
class Text:
    """One SMS, as the carrier was given it."""

    sender: str
    to: str
    words: str


class Kannel:
    """A running gateway."""

    def __init__(self, folder: Path) -> None:
        names = ("admin_port", "smsbox_port", "carrier_port", "send_port")
        self.folder = folder
        self.ports = {name: free_port() for name in names}
        self.url = (
            f"http://clinic:{PASSWORD}@{HOST}:{self.ports['send_port']}"
            f"/cgi-bin/sendsms?from=Clinic"
        )

    @contextmanager
    def running(self) -> Iterator["Kannel"]:
        """Run the gateway, its carrier not yet connected."""
        file = self.folder / "kannel.conf"
        file.write_text(
            CONFIGURATION.substitute(self.ports, host=HOST, password=PASSWORD)
        )
        boxes = ((BEARERBOX, "smsbox_port"), (SMSBOX, "send_port"))
        with ExitStack() as stack:
            for binary, port in boxes:
                stack.enter_context(
                    running(
                        [str(binary), str(file)],
                        log=self.folder / f"{binary.name}.log",
                        ready=self._listens(port),
                    )
                )
            yield self

    @contextmanager
    def carrier(self) -> Iterator[None]:
        """Connect the carrier; outside of this, Kannel queues for later."""
        port = str(self.ports["carrier_port"])
        with running(
            [str(FAKESMSC), "-H", HOST, "-r", port, "-m", "0", "1 2 text nothing"],
            log=self.folder / "fakesmsc.log",
            ready=self._carrier_is_online,
        ):
            yield
        wait_until(lambda: not self._carrier_is_online(), what="the carrier to go")

    def texts(self, *, to: str = "") -> list[Text]:
        """Return what the carrier was given since it was last cleared, oldest first."""
        log = self.folder / "fakesmsc.log"
        said = log.read_text() if log.exists() else ""
        found = re.findall(r"Got message \d+: <(\S+) (\S+) \S+ (.*)>", said)
        return [Text(*fields) for fields in found if to in {"", fields[1]}]

    def clear(self) -> None:
        """Forget what the carrier was given so far."""
        (self.folder / "fakesmsc.log").write_text("")

    def _listens(self, name: str) -> Callable[[], bool]:
        return lambda: listens(self.ports[name])

    def _carrier_is_online(self) -> bool:
        status = requests.get(
            f"http://{HOST}:{self.ports['admin_port']}/status.txt",
            params={"password": PASSWORD},
            timeout=5,
        )
        return "(online" in status.text


def _is_installed() -> bool:
    return all(binary.exists() for binary in (BEARERBOX, SMSBOX, FAKESMSC))


@pytest.fixture(scope="session")
def kannel_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    """Run the gateway, without a carrier."""
    if not _is_installed():
        pytest.skip(MISSING)
    with Kannel(tmp_path_factory.mktemp("kannel")).running() as gateway:
        yield gateway


@pytest.fixture
def kannel(kannel_server: Kannel) -> Iterator[Kannel]:
    """Give the gateway with its carrier connected, and nothing sent yet."""
    with kannel_server.carrier():
        kannel_server.clear()
        yield kannel_server
