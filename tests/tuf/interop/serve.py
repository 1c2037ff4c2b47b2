"""Serves a folder over HTTP on this machine; prints its address, then each path that is asked for."""

import functools
import http.server
import sys


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        pass

    def do_GET(self):
        print(self.path, flush=True)
        super().do_GET()


folder = sys.argv[1]
with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder)) as server:
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
