"""Serve the platform with its demo content on this machine: the site, and one worker beside it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tools.prepare import ROOT, prepare

END_REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_SECONDS = 60
STOP_SECONDS = 10
BANNER = """
The platform runs on http://127.0.0.1:{port}/ (Ctrl-C stops it).

Demo accounts, all with the password demo-flexibel:
  beheerder@example.org           administrator, works in /beheer/
  redacteur@example.org           editor, works in /beheer/
  moderator@example.org           keeps the forum friendly
  vertegenwoordiger@example.org   represents Netwerk toetsbekwaamheid
  expert@example.org              answers questions
  lid@example.org                 member
  nieuwkomer@example.org          new member, whose posts wait for approval

Data and mails: {data}
"""


def main() -> None:
    port = chosen_port()
    for end_request in END_REQUESTS:
        signal.signal(end_request, signal.default_int_handler)
    try:
        data = prepare()
        serve(port, data)
    except KeyboardInterrupt:
        print("\nThe platform has stopped.")


def chosen_port() -> int:
    """PORT, when it is free; ends the program with one line when it is not."""
    text = os.environ.setdefault("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT: expected a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            sys.exit(f"Port {text} cannot be used ({error.strerror}). Choose another one: make run PORT=8080")
    return int(text)


def serve(port: int, data: Path) -> None:
    """Run the site and then its worker until one of them ends or the whole is stopped."""
    processes = [subprocess.Popen([sys.executable, *gunicorn(port)], cwd=ROOT)]
    try:
        wait_until_ready(port, processes[0])
        processes.append(subprocess.Popen([sys.executable, "manage.py", "run_worker"], cwd=ROOT))
        print(BANNER.format(port=port, data=data), flush=True)
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        sys.exit("A part of the platform ended by itself; the lines above say why.")
    finally:
        end(processes)


def gunicorn(port: int) -> list[str]:
    return [
        "-m",
        "gunicorn",
        "cms.wsgi",
        f"--bind=127.0.0.1:{port}",
        "--preload",  # loading the platform once instead of in every worker halves the start
        "--workers=2",
        "--worker-class=gthread",
        "--threads=2",
        "--keep-alive=0",  # a connection stays with one worker, and the other one may have nothing to do
        "--graceful-timeout=5",
        "--limit-request-line=0",  # the site itself says in Dutch that an address is too long
        "--log-level=warning",
        "--no-control-socket",
    ]


def wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    sys.exit(f"The platform does not answer on port {port}; the lines above say why.")


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    for end_request in END_REQUESTS:
        signal.signal(end_request, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    main()
