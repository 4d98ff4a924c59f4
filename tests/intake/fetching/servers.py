"""A server on this machine that misbehaves as told: each request takes the next of its answers."""

import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Script:
    """What is answered on each path, in order, the last again and again; and what was asked."""

    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    base: str = ""

    def says(self, path, *answers):
        self.answers[f"/{path}"] = list(answers)

    def headers(self, name):
        """The values of a header, in order of the requests; None where it was not sent."""
        return [headers.get(name) for _, headers in self.asked]


def page(content=b"<!DOCTYPE html><html></html>", kind="text/html; charset=UTF-8"):
    return whole(content, **{"Content-Type": kind})


def whole(content, status=200, **headers):
    """The content with its length, and further headers (`ETag` as `etag=`)."""

    def answer(handler):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **named}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def status(code, **headers):
    return whole(b"", code, **headers)


def cut_off(content, after, **headers):
    """The headers of the whole and only its first bytes."""
    return whole(content[:after], Content_Length=str(len(content)), **headers)


def stalls(content, after, seconds, **headers):
    """The headers of the whole, its first bytes, and then nothing for a while."""

    def answer(handler):
        cut_off(content, after, **headers)(handler)
        handler.wfile.flush()
        time.sleep(seconds)

    return answer


def silent(seconds):
    """No answer at all for a while."""

    def answer(_):
        time.sleep(seconds)

    return answer


def drips(content, seconds):
    """The content a byte at a time, so that no single wait is long."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        for place in range(len(content)):
            handler.wfile.write(content[place : place + 1])
            handler.wfile.flush()
            time.sleep(seconds)

    return answer


def resumes(content, etag, *, ignoring_if_range=False):
    """What a good server does: the rest if it is asked for it of this version, else the whole."""

    def answer(handler):
        asked = handler.headers.get("Range", "")
        same = ignoring_if_range or handler.headers.get("If-Range") == etag
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and same else 0
        if start:
            span = f"bytes {start}-{len(content) - 1}/{len(content)}"
            whole(content[start:], 206, ETag=etag, Content_Range=span)(handler)
        elif handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            whole(content, ETag=etag)(handler)

    return answer


@contextmanager
def server():
    """A server that does what its script says, on a free port."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            script.asked.append((self.path, dict(self.headers)))
            left = script.answers.get(self.path) or [status(404)]
            answer = left.pop(0) if len(left) > 1 else left[0]
            # The client may have had enough, which is what some tests are about.
            with suppress(BrokenPipeError, ConnectionResetError):
                answer(self)
            self.close_connection = True

        def log_message(self, *_):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    script.base = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield script
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()
