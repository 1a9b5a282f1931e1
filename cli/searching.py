"""`search`: what in the library looks like these pictures?"""

from argparse import Namespace
from collections.abc import Iterator

from cli.filtering import add_filters, chosen_filters, why_nothing
from cli.grammar import Commands, absolute_path, positive_number, region
from cli.output import columns, note
from cli.session import Session
from engine.records import Match, Mode, Query, QueryPicture, SearchResult

DEFAULT_MATCHES = 20

EXAMPLE = """\
lookalike search beach.jpg
lookalike search beach.jpg --less beach-at-night.jpg -k 50 --after 2020-01-01
lookalike search group.jpg --region 0.1,0.2,0.3,0.4 --json"""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    search = commands.add("search", "rank the library by likeness to pictures", example=EXAMPLE, run=search_library)
    search.add_argument(
        "images", nargs="+", type=absolute_path, metavar="IMAGE", help="a picture, in the library or not"
    )
    search.add_argument(
        "--less",
        action="append",
        default=[],
        type=absolute_path,
        metavar="IMAGE",
        help="less like this; may be repeated",
    )
    search.add_argument(
        "--region",
        type=region,
        metavar="X,Y,W,H",
        help="the part of every IMAGE that counts, as fractions 0..1 of the upright picture",
    )
    search.add_argument(
        "-k", type=positive_number, default=DEFAULT_MATCHES, metavar="N", help=f"matches (default: {DEFAULT_MATCHES})"
    )
    search.add_argument(
        "--mode",
        choices=[*Mode],
        default=Mode.SIMILAR,
        help="the same kind of picture, or the same picture saved again, resized, cut, mirrored, turned or edited "
        "(default: similar)",
    )
    add_filters(search)
    search.add_argument("--exact", action="store_true", help="compare with every photo instead of asking the index")
    search.add_argument("--no-history", action="store_true", help="do not remember this search")


def search_library(arguments: Namespace, session: Session) -> int:
    """Run `lookalike search`."""
    query = _query(arguments)
    with session.library() as library:
        with session.job() as job:
            result = library.search(query, job=job, remember=not arguments.no_history)
        show_result(result, session)
        if library.read_only and not arguments.no_history:
            note("This search is not in the history: the library is read-only.")
        if result.unremembered is not None:
            note(f"This search is not in the history. {result.unremembered}")
        if not result.matches and (reason := why_nothing(library, query.filters)):
            note(reason)
    return 0


def _query(arguments: Namespace) -> Query:
    like = [QueryPicture(path=path, region=arguments.region) for path in arguments.images]
    less = [QueryPicture(path=path, weight=-1.0) for path in arguments.less]
    return Query((*like, *less), Mode(arguments.mode), chosen_filters(arguments), arguments.k, arguments.exact)


def show_result(result: SearchResult, session: Session) -> None:
    """Print the answer to a query."""
    from engine.export.documents import result_document  # help and usage need no documents

    session.output.show(result_document(result), result_lines(result))


def result_lines(result: SearchResult) -> Iterator[str]:
    """A result as text: rank, score, path, with a line where chance begins."""
    if not result.matches:
        yield "No matches."
    above = [match for match in result.matches if match.score >= result.chance_below]
    below = result.matches[len(above) :]
    yield from columns(_row(match) for match in above)
    if below:
        yield "--- below here it is chance ---"
        yield from columns(_row(match) for match in below)


def _row(match: Match) -> tuple[object, ...]:
    verdict = "" if match.verdict is None else str(match.verdict)
    return match.rank, f"{match.score:.3f}", "new" if match.new else "", verdict, match.photo.path
