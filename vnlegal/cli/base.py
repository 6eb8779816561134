"""What all commands share: lazy loading, Vietnamese help, one-line errors, exit codes.

This module is imported for every call, `vnlegal --help` too: nothing here may import more than click.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

DONE, FOUND, USAGE, UNREAD, INTERRUPTED = 0, 1, 2, 3, 130

Function = TypeVar("Function", bound=Callable[..., Any])


class Command(click.Command):
    """A command whose help is in Vietnamese and ends with an example."""

    def __init__(self, *args: Any, example: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.example = example

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example."""
        _write_example(self.example, formatter)


class Group(click.Group):
    """The commands by name, each with one line of help; a command's module is imported only when it is called."""

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]], example: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.lazy = lazy
        self.example = example

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command `cmd_name`."""
        if cmd_name not in self.lazy:
            return None
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments call."""
        if args[0] not in self.lazy:
            raise click.UsageError(f"không có lệnh {args[0]}; các lệnh: {', '.join(self.lazy)}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; when the reader of our output has gone (`vnlegal … | head`), leave quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _let_go_of_stdout()

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, "LỆNH [THAM SỐ]…", prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        _write_options(self, ctx, formatter)
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, line) for name, (_, line) in self.lazy.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example."""
        _write_example(self.example, formatter)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and leave with the exit code it deserves, errors as one line on stderr."""
        speak_utf8()
        leave_cleanly_on_term()
        collect_seldom()
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            _usage(error)
        except Exception as error:
            from vnlegal.errors import VnlegalError

            if not isinstance(error, VnlegalError):
                raise
            say(str(error))
            sys.exit(USAGE)
        sys.exit(code if isinstance(code, int) else DONE)


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the table of options."""
    rows = []
    for parameter in command.get_params(ctx):
        row = parameter.get_help_record(ctx)
        if row is not None and "--help" in parameter.opts:
            row = (row[0], "Hiện hướng dẫn này.")
        if row is not None:
            rows.append(row)
    with formatter.section("Tùy chọn"):
        formatter.write_dl(rows)


def _write_example(example: str, formatter: click.HelpFormatter) -> None:
    if example:
        formatter.write_paragraph()
        formatter.write(f"Ví dụ:\n  {example}\n")


def _usage(error: click.ClickException) -> NoReturn:
    """Say in one line what was wrong with the command line and where its help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "vnlegal"
    say(f"sai cách dùng: {_reason(error)} → {command} --help")
    sys.exit(USAGE)


def _reason(error: click.ClickException) -> str:
    """Return in Vietnamese what click says in English of the commonest slips; of the others, its own words."""
    if isinstance(error, click.NoSuchOption):
        near = f"; có phải {', '.join(sorted(error.possibilities))}?" if error.possibilities else ""
        return f"không có tùy chọn {error.option_name}{near}"
    if isinstance(error, click.BadOptionUsage):
        return f"tùy chọn {error.option_name} cần một giá trị"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"thiếu {error.param.human_readable_name}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[-1]
        match error.param.type:
            case click.Choice() as choice:
                return f"{name}: phải là một trong {', '.join(map(str, choice.choices))}"
            case click.Path() if "does not exist" in error.message or "not readable" in error.message:
                return f"{name}: không có tệp hay thư mục này, hoặc không mở được"
            case click.IntRange() as limits:
                return f"{name}: phải là số nguyên từ {limits.min}"
        return f"{name}: {error.message}"
    return error.format_message()


def _let_go_of_stdout() -> NoReturn:
    """Leave without a word, what is still buffered going nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(DONE)


def speak_utf8() -> None:
    """Make stdout and stderr carry every character on any console and through any pipe."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def collect_seldom() -> None:
    """Look for lost cycles of objects seldom: nearly all that is made here lives on, and each look goes through it.

    With Python's own setting (700) the looks take a sixth of a first call and a twentieth of a long one.
    """
    gc.set_threshold(50_000)


def leave_cleanly_on_term() -> None:
    """Let a plain `kill` end the program as Ctrl-C does: temporary files go, programs it started end."""

    def leave(number: int, frame: object) -> NoReturn:
        sys.exit(128 + number)

    # only where nobody else has said what the signal does, and only the main thread may say it
    with suppress(ValueError):
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, leave)


def say(line: str) -> None:
    """Write one line on stderr under the program's name."""
    click.echo("vnlegal: " + " ".join(line.split()), err=True)


def knowledge_option(function: Function) -> Function:
    """Add `--knowledge DIR`."""
    return click.option(
        "--knowledge",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="Thư mục tri thức riêng (cơ quan, tên tắt, luật, cụm từ) thêm vào tri thức có sẵn.",
    )(function)


def as_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Accept 2025-06-30 and 30/6/2025; give back ISO."""
    from datetime import datetime

    if value is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(value, form).date().isoformat()
        except ValueError:
            continue
    raise click.BadParameter(f"{value!r} không phải ngày; viết 2025-06-30 hoặc 30/6/2025", context, parameter)


def as_of_option(function: Function) -> Function:
    """Add `--as-of DATE`."""
    return click.option(
        "--as-of", metavar="DATE", callback=as_day, help="Xét tại ngày này, dạng 2025-06-30 hoặc 30/6/2025."
    )(function)
