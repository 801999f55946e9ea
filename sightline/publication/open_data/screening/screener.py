"""Screening a pair of files for explore education statistics.

The rules are those of the department's screener (`dfe-analytical-services/eesyscreener`, and the older
`dfe-published-data-qa` for checks not moved yet), written anew from what they check. An error is what the
screener fails; a warning is what it advises. Rules marked “ours” go further: the screener does not look
for them.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from sightline.publication.open_data.screening import geography, metadata, names, values
from sightline.publication.open_data.screening.pair import Findings, Pair, read_csv_text
from sightline.vocabulary.findings import Finding

Check = Callable[[Pair], Findings]

_FIRST: tuple[Check, ...] = (
    names.check_file_names,
    names.check_required_columns,
    names.check_column_names,
    metadata.check_types,
    metadata.check_names_are_columns,
)
"""Further checks read columns by name and would only repeat what these find."""

_THEN: tuple[Check, ...] = (
    names.check_api_lengths,
    metadata.check_labels,
    metadata.check_filter_cells,
    metadata.check_indicator_cells,
    metadata.check_filter_groups,
    values.check_blank_rows_and_columns,
    values.check_time,
    values.check_repeated_rows,
    values.check_null_words,
    values.check_indicators,
    values.check_filters,
    values.check_formulas,
    geography.check_levels,
    geography.check_completed,
    geography.check_codes,
    geography.check_places,
)
RULES = _FIRST + _THEN


def screen(pair: Pair) -> tuple[Finding, ...]:
    """All findings of a pair, errors of shape first; nothing is found twice under two names."""
    found = _run(_FIRST, pair)
    if any(finding.is_error for finding in found):
        return found
    return found + _run(_THEN, pair)


def _run(checks: Iterable[Check], pair: Pair) -> tuple[Finding, ...]:
    return tuple(finding for check in checks for finding in check(pair))


def read_pair(
    data_name: str, data: bytes, meta_name: str, meta: bytes
) -> tuple[Pair | None, tuple[Finding, ...]]:
    """The pair, or the findings that say why it cannot be screened."""
    data_file, data_findings = read_csv_text(data_name, data)
    meta_file, meta_findings = read_csv_text(meta_name, meta)
    if data_file is None or meta_file is None:
        return None, data_findings + meta_findings
    return Pair(data_file, meta_file), ()


def screen_files(data: Path) -> tuple[Finding, ...]:
    """Screen `name.csv` and the `name.meta.csv` beside it. Raises FileNotFoundError where one is missing."""
    meta = data.with_name(f"{data.stem}.meta.csv")
    pair, findings = read_pair(data.name, data.read_bytes(), meta.name, meta.read_bytes())
    return findings if pair is None else screen(pair)
