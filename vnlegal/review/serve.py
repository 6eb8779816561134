"""Running the review as a server on one address."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from vnlegal.review.app import create_app
from vnlegal.review.desk import Settings
from vnlegal.review.guard import add_account
from vnlegal.review.model import ReviewProblem
from vnlegal.review.store import Store

__all__ = ["Settings", "add_account", "serve", "store_of"]


def store_of(settings: Settings) -> Store:
    """Open the state of a review without serving it."""
    return Store(settings.folder)


def serve(settings: Settings, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready(address)` is called when the address is taken.

    Raises `ReviewProblem` where the address is taken already, or where the server would stand open to others.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise ReviewProblem(
            f"{settings.host}:{port}: không mở được ({error.strerror})", next_step="chọn --port khác"
        ) from error
    with listener:
        app = create_app(settings)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
        )
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        ready(f"http://{host}:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])
