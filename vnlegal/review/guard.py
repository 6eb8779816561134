"""What stands between the page and the world: names of hosts, sizes, headers, sessions, tokens, accounts.

Sessions are random names of which the store keeps only hashes. A change needs the token that belongs to the session
in a header, which no other site can send.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnlegal.review.log import now
from vnlegal.review.model import ReviewProblem
from vnlegal.review.schema import accounts, sessions
from vnlegal.review.store import Store

COOKIE = "vnlegal_session"
_LASTS = 12 * 3600.0
_TRIES, _WITHIN = 6, 300.0  # wrong passwords from one place or for one name, in so many seconds
_COST = {"n": 2**14, "r": 8, "p": 1}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


class TooLarge(ReviewProblem):
    """A request with more bytes than are taken."""


class Guard:
    """ASGI middleware: refuses foreign host names and too large bodies, sets the headers of every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], most_bytes: int) -> None:
        self._app = app
        self._hosts = hosts
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    own.setdefault(name, value)
                own.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else "no-store")
            await send(message)

        if not self._knows(headers.get("host", "")):
            await PlainTextResponse("tên máy lạ → mở đúng địa chỉ đã in khi khởi động\n", 421)(scope, receive, answer)
            return
        declared = headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > self._most:
            await PlainTextResponse("gửi quá nhiều → gửi ít tệp hơn\n", 413)(scope, receive, answer)
            return
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self._most:
                raise TooLarge("gửi quá nhiều", next_step="gửi ít tệp hơn")
            return message

        await self._app(scope, counted, answer)

    def _knows(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        name = name.strip("[]").lower()
        if name in self._hosts:
            return True
        if "*" not in self._hosts:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Session:
    """Who is there. `token` must come back with every change; `kind`: local, token or account."""

    who: str
    token: str
    kind: str


class Door:
    """Sessions, accounts and the access token."""

    def __init__(self, store: Store, token: str | None, *, open_: bool) -> None:
        self._store = store
        self._token = token
        self._secret = store.secret("csrf").encode()
        self._failures: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()
        self.with_accounts = bool(self.accounts())
        self.with_token = token is not None
        self.is_open = open_ and not self.with_accounts and not self.with_token
        if not open_ and not self.with_accounts and not self.with_token:
            raise ReviewProblem(
                "máy khác muốn vào thì phải có tài khoản hoặc mã truy cập",
                next_step="thêm --add-account TÊN, hoặc --token MÃ",
            )
        with store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.until < time.time()))

    def session(self, cookie: str | None) -> Session | None:
        """Return the session a cookie stands for."""
        if not cookie or len(cookie) > 200:
            return None
        with self._store.reading() as connection:
            row = connection.execute(select(sessions).where(sessions.c.id == _hash(cookie))).first()
        if row is None or row.until < time.time() or (row.kind == "local" and not self.is_open):
            return None
        return Session(row.who, self._csrf(cookie), row.kind)

    def bearer(self, header: str | None) -> Session | None:
        """Return the session of a program that sends the access token itself."""
        scheme, _, given = (header or "").partition(" ")
        if scheme.lower() == "bearer" and self._token and hmac.compare_digest(given.encode(), self._token.encode()):
            return Session("API", "", "token")
        return None

    def begin(self, who: str, kind: str) -> str:
        """Begin a session and return its cookie. Without a name, people at this machine are numbered."""
        cookie = secrets.token_urlsafe(32)
        with self._store.writing() as connection:
            if not who:
                number = connection.execute(
                    select(func.count()).select_from(sessions).where(sessions.c.kind == "local")
                ).scalar_one()
                who = f"Người duyệt {number + 1}"
            row = {
                "id": _hash(cookie),
                "who": who,
                "kind": kind,
                "until": time.time() + _LASTS * (60 if kind == "local" else 1),
            }
            connection.execute(insert(sessions).values(row))
        return cookie

    def rename(self, cookie: str, who: str) -> None:
        """Change the name of a session that has no account."""
        with self._store.writing() as connection:
            connection.execute(
                update(sessions).where(sessions.c.id == _hash(cookie), sessions.c.kind != "account").values(who=who)
            )

    def end(self, cookie: str) -> None:
        """End a session."""
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id == _hash(cookie)))

    def enter(self, name: str, password: str, place: str) -> str | None:
        """Return the cookie of a new session where the password, or the access token, is right.

        Raises `ReviewProblem` after too many wrong ones.
        """
        name = " ".join(name.split())[:80]
        with self._lock:
            for key in (f"name {name}", f"place {place}"):
                tries = self._failures[key]
                while tries and tries[0] < time.monotonic() - _WITHIN:
                    tries.popleft()
                if len(tries) >= _TRIES:
                    raise ReviewProblem("sai quá nhiều lần", next_step="đợi 5 phút rồi thử lại")
        if self._token and name and hmac.compare_digest(password.encode(), self._token.encode()):
            if name not in self.accounts():
                return self.begin(name, "token")
        elif _matches(password, self._password(name)):
            return self.begin(name, "account")
        with self._lock:
            for key in (f"name {name}", f"place {place}"):
                self._failures[key].append(time.monotonic())
        return None

    def accounts(self) -> tuple[str, ...]:
        """Return the names that have an account."""
        with self._store.reading() as connection:
            return tuple(connection.execute(select(accounts.c.name).order_by(accounts.c.name)).scalars())

    def _password(self, name: str) -> str | None:
        with self._store.reading() as connection:
            return connection.execute(select(accounts.c.password).where(accounts.c.name == name)).scalar()

    def _csrf(self, cookie: str) -> str:
        return hmac.new(self._secret, cookie.encode(), hashlib.sha256).hexdigest()


def add_account(store: Store, name: str, password: str) -> None:
    """Add an account or change its password; its sessions end. Raises `ReviewProblem`."""
    name = " ".join(name.split())[:80]
    if not name or len(password) < 10:
        raise ReviewProblem("cần tên, và mật khẩu từ 10 ký tự", next_step="chọn mật khẩu dài hơn")
    salt = secrets.token_bytes(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, **_cost())
    row = {"name": name, "password": f"{salt.hex()}${digest.hex()}", "at": now()}
    with store.writing() as connection:
        connection.execute(delete(accounts).where(accounts.c.name == name))
        connection.execute(insert(accounts).values(row))
        connection.execute(delete(sessions).where(sessions.c.who == name, sessions.c.kind == "account"))


def _cost() -> dict[str, Any]:
    return {**_COST, "maxmem": 64 * 2**20}


def _matches(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one; takes as long where there is none."""
    salt, _, digest = (stored or f"{'00' * 16}${'00' * 64}").partition("$")
    made = hashlib.scrypt(password.encode()[:1000], salt=bytes.fromhex(salt), **_cost())
    return hmac.compare_digest(made, bytes.fromhex(digest)) and stored is not None


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
