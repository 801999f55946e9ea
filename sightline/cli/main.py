"""The command line. Each command translates its words, makes one call into a room, and prints the answer."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer._click.exceptions import UsageError  # typer re-exports only some of its kinds

from sightline.cli import chronology, due, figures, find, identity, intake, join, register, report
from sightline.cli.exit_codes import ExitCode, exit_code_of

app = typer.Typer(
    help="Keeps the child in sight: a register of serious incidents in, a published annual report out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.add_typer(register.app, name="register")
app.add_typer(intake.app, name="intake")
app.add_typer(identity.app, name="identity")
app.add_typer(report.release_app, name="release")
app.command("demo")(report.demo)
app.command("figures")(figures.figures)
app.command("report")(report.report)
app.command("due")(due.due)
app.command("chronology")(chronology.chronology)
app.command("annotate")(chronology.annotate)
app.command("join")(join.join)
app.command("find")(find.find)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"sightline {version('sightline')}")
        raise typer.Exit


@app.callback()
def options(
    demo: Annotated[
        bool, typer.Option("--demo", help="Work on the invented example's data, kept apart from yours.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unforeseen error. It may hold data.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and end.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    if demo:
        os.environ["SIGHTLINE_DEMO"] = "1"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with the code of docs/reference/exit-codes.md."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    try:
        return app(words, standalone_mode=False) or ExitCode.DONE
    except typer.Exit as ended:
        return ended.exit_code
    except UsageError as wrong_use:
        wrong_use.show()
        return ExitCode.WRONG_USE
    except typer.Abort:  # how Ctrl-C arrives here
        return _explain(KeyboardInterrupt(), debug=False)
    except SystemExit:
        # Whoever read our output has gone (“… | head”), which typer takes for an error: it is none of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except BaseException as error:
        return _explain(error, debug="--debug" in words)


def _explain(error: BaseException, *, debug: bool) -> int:
    if debug and not isinstance(error, KeyboardInterrupt):
        raise error
    code = exit_code_of(error)
    if code is ExitCode.OUR_MISTAKE:
        _say(_our_mistake(error))
    elif code is ExitCode.STOPPED:
        _say("\nStopped. Nothing is half-done.")
    elif isinstance(error, OSError) and error.errno is not None:
        _say(_of_the_machine(error))
    elif code is ExitCode.CANNOT_READ_OR_WRITE:
        _say(f"{error}\nThe data folder is {_data_folder()}: may you write to it, and has it room?")
    else:
        _say(str(error))
    return code


def _of_the_machine(error: OSError) -> str:
    """What the system said, of which path, and what to do; its own text names neither in words."""
    where = error.filename or _data_folder()
    return (
        f"{error.strerror}: {where}. Nothing is half-done. Make sure that the path is right, that you may "
        "write there and that the disk has room, then run the same command again."
    )


def _data_folder() -> str:
    from django.conf import settings

    return str(settings.SIGHTLINE_DATA)


def _our_mistake(error: BaseException) -> str:
    """Names the place in our code and nothing of the data: an error's text can hold a child's name."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return (
        "Sightline met something it did not foresee, and nothing was changed.\n"
        f"Please report it with this reference: {type(error).__name__} at {place}. "
        "With --debug before the command's name you see more; that may show data."
    )


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
