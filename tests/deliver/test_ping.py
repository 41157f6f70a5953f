"""The word to a watchman, told to a real server on this machine: it is never worth more than a remark, and never takes long."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sigctl.deliver.ping import is_address, ping


class Watchman(HTTPServer):
    """Notes what it is asked for, and answers as it is told."""

    asked: list[str]
    answer = 200


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Watchman)
        self.server.asked.append(self.path)
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def watchman() -> Iterator[Watchman]:
    server = Watchman(("127.0.0.1", 0), _Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def at(server: HTTPServer, path: str = "/secret-4f1c") -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_a_good_run_and_a_bad_one_are_told_apart(watchman: Watchman) -> None:
    assert ping(at(watchman), is_well=True) == ""
    assert ping(at(watchman), is_well=False) == ""
    assert ping(at(watchman, "/secret-4f1c/?create=1"), is_well=False) == ""
    assert watchman.asked == ["/secret-4f1c", "/secret-4f1c/fail", "/secret-4f1c/fail?create=1"]


def test_trouble_is_told_without_the_address(watchman: Watchman) -> None:
    watchman.answer = 503
    assert ping(at(watchman), is_well=True) == "127.0.0.1 answered 503"


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert ping(f"http://127.0.0.1:{port}/secret", is_well=True) == "127.0.0.1 could not be reached"


def test_one_who_answers_a_letter_at_a_time_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as slow:

        def dribble() -> None:
            talk, _ = slow.accept()
            with talk:
                for letter in b"HTTP/1.0 200 OK" * 100:
                    try:
                        talk.send(bytes([letter]))
                    except OSError:
                        return
                    ended.wait(0.05)

        ended = threading.Event()
        threading.Thread(target=dribble, daemon=True).start()
        told = ping(f"http://127.0.0.1:{slow.getsockname()[1]}/secret", is_well=True, wait=0.5)
        ended.set()
    assert told == "127.0.0.1 did not answer within 0.5 seconds"


@pytest.mark.parametrize(
    "text", ["", "hc.example.org/x", "file:///etc/passwd", "ftp://example.org/", "https://", "https://a b/", "http://[::1"]
)
def test_what_is_no_page_is_not_asked_for(text: str) -> None:
    assert not is_address(text)


def test_pages_are_addresses() -> None:
    assert is_address("https://hc.example.org/4f1c")
    assert is_address("http://127.0.0.1:8000/ping?x=1")
