"""Starts of the command without its imports, which take longer than most of its runs.

A server that has imported linkcheck forks for each start. The process is one of its own all the same, with its arguments,
folder, environment, standard streams and exit code. The server is this file as a script; it ends with its standard input.
"""

import atexit
import gc
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

_SERVED = {"PYTHONPATH": os.fspath(Path(__file__).parents[2]), "LANG": "C.UTF-8"}
"""The variables that Python reads when it starts, for which there is a server."""


# In the tests


def is_possible(environment: Mapping[str, str]) -> bool:
    read_at_start = {name: value for name, value in environment.items() if name.startswith(("PYTHON", "LANG", "LC_", "LD_"))}
    return sys.platform == "linux" and read_at_start == _SERVED


def run(
    arguments: Sequence[str], *, cwd: Path, stdin: bytes, environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[bytes]:
    """Like `subprocess.run` of `python -m linkcheck`, with outputs that are files in place of pipes."""
    request = {"arguments": arguments, "cwd": os.fspath(cwd), "environment": dict(environment)}
    with socket.socket(socket.AF_UNIX) as server, TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        server.settimeout(timeout)
        server.connect(_address())
        socket.send_fds(server, [b"\0"], [each.fileno() for each in (given, out, err)])
        server.sendall(json.dumps(request).encode() + b"\n")
        with server.makefile("rb") as answers:
            process = int(answers.readline())
            try:
                code = int(answers.readline())
            except TimeoutError:
                os.kill(process, signal.SIGKILL)
                raise subprocess.TimeoutExpired(arguments, timeout) from None
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


@cache
def _address() -> str:
    folder = TemporaryDirectory(prefix="warm-")
    address = os.path.join(folder.name, "socket")
    server = subprocess.Popen(
        [sys.executable, __file__, address],
        env=_SERVED,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )

    @atexit.register
    def end() -> None:
        server.communicate()
        folder.cleanup()

    assert server.stdout is not None
    server.stdout.readline()
    return address


# In the server


def _serve(address: str) -> None:
    """Returns in the process of a start, as if it had been this one from the beginning; the server itself exits."""
    for module in pkgutil.walk_packages(import_module("linkcheck").__path__, "linkcheck."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        os.write(1, b"ready\n")
        sources: list[socket.socket | int] = [listening, 0]
        while True:
            ready, _, _ = select.select(sources, [], [])
            if 0 in ready:
                sys.exit()
            connection, _ = listening.accept()
            with connection:
                if os.fork() == 0:
                    listening.close()
                    _start(connection)
                    return


def _start(connection: socket.socket) -> None:
    """Returns in the process of the start, and waits for it in this one."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    with connection.makefile("rb") as asked:
        request = json.loads(asked.readline())
    process = os.fork()
    if process:
        connection.sendall(b"%d\n" % process)
        _, status = os.waitpid(process, 0)
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
        os._exit(0)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.path[0] = request["cwd"]
    sys.argv = [os.path.join(str(import_module("linkcheck").__path__[0]), "__main__.py"), *request["arguments"]]


if __name__ == "__main__":
    _serve(sys.argv[1])
    from linkcheck.__main__ import main

    main()
