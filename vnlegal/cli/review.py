"""`vnlegal review`: the review page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from vnlegal.cli.base import DONE, Command, knowledge_option, say
from vnlegal.cli.own import knowledge_of

FOLDER = "vnlegal-review"


@click.command(cls=Command, example="vnlegal review --state duyet/ --port 8765")
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    metavar="DIR",
    help=f"Thư mục giữ văn bản, lịch sử duyệt, tài khoản (mặc định: {FOLDER}).",
)
@click.option(
    "--db",
    metavar="URL",
    help="Chỉ mục nhiệm vụ để tìm kiếm: tệp SQLite hoặc postgresql://… (mặc định: trong --state).",
)
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Địa chỉ để nghe; khác máy này thì cần tài khoản.")
@click.option("--port", type=click.IntRange(min=0, max=65535), default=8765, metavar="N", help="Cổng (mặc định: 8765).")
@click.option("--allow-name", "names", multiple=True, metavar="NAME", help="Tên máy mà trình duyệt được dùng để vào.")
@click.option("--token", envvar="VNLEGAL_REVIEW_TOKEN", metavar="TEXT", help="Mã truy cập, từ 16 ký tự.")
@click.option(
    "--add-account", "account", metavar="NAME", help="Thêm tài khoản hay đổi mật khẩu (đọc từ stdin), rồi thôi."
)
@click.option(
    "--graph",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="GRAPH",
    help="Tệp của vnlegal graph build: các văn bản trong đó cùng được xét khi kiểm tra luật và vẽ đồ thị.",
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Số tiến trình đọc văn bản.")
@knowledge_option
@click.pass_context
def review(
    ctx: click.Context,
    state: Path,
    db: str | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    token: str | None,
    account: str | None,
    graph: Path | None,
    workers: int | None,
    knowledge: Path | None,
) -> None:
    """Mở trang duyệt trong trình duyệt: xem, sửa, ký duyệt những gì tìm được, cả bằng bàn phím."""
    knowledge_of(knowledge)
    from vnlegal.review.serve import Settings, add_account, serve, store_of

    if token is not None and len(token) < 16:
        raise click.BadParameter("mã truy cập cần ít nhất 16 ký tự", ctx, param_hint="--token")
    settings = Settings(
        folder=state.absolute(),
        index=db,
        knowledge=knowledge,
        host=host,
        names=names,
        token=token,
        workers=workers,
        graph=graph,
    )
    if account is not None:
        add_account(store_of(settings), account, _password())
        say(f"đã ghi tài khoản {account}")
        ctx.exit(DONE)
    serve(settings, port, ready=lambda address: say(f"trang duyệt: {address} (Ctrl-C để dừng)"))


def _password() -> str:
    """Return the password typed twice at a terminal, or the first line of stdin."""
    if sys.stdin.isatty():
        return str(click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Gõ lại"))
    return sys.stdin.readline().rstrip("\r\n")
