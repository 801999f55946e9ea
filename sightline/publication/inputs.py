"""What a report was made from, as far as somebody must know it to make the same one again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from sightline.vocabulary.periods import Period


@dataclass(frozen=True, slots=True)
class ReportInputs:
    """The inputs of one report: no times, no paths, nothing that differs between two equal runs.

    `files` gives each input file's name its SHA-256. `rows` gives a population (“panel incidents
    2022-04-01/2023-03-31”, as `Population` is written) the SHA-256 of the rows counted for it, where the
    room that counted can say; a figure of any other population is traced to all `files` together.
    `parameters` are the run's choices as the user gave them, `rules` the rule sets and their versions.
    """

    period: Period
    files: Mapping[str, str]
    data_from: date | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    is_invented: bool = False
    national_body: str = "Child Safeguarding Practice Review Panel"
    national_body_short: str = "the Panel"

    @property
    def files_sha256(self) -> str:
        """One hash for all input files, whatever order they were read in."""
        digest = sha256()
        for name, file_hash in sorted(self.files.items()):
            digest.update(f"{name}\0{file_hash}\n".encode())
        return digest.hexdigest()

    def to_json(self) -> dict[str, Any]:
        return {
            "first_day": self.period.first.isoformat(),
            "last_day": self.period.last.isoformat(),
            "data_from": self.data_from.isoformat() if self.data_from else None,
            "files": dict(sorted(self.files.items())),
            "files_sha256": self.files_sha256,
            "rows": dict(sorted(self.rows.items())),
            "parameters": dict(sorted(self.parameters.items())),
            "rules": dict(sorted(self.rules.items())),
            "is_invented": self.is_invented,
            "national_body": self.national_body,
            "national_body_short": self.national_body_short,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ReportInputs":
        """Raises KeyError, TypeError or ValueError where the stored form is not one of ours."""
        return cls(
            period=Period(date.fromisoformat(stored["first_day"]), date.fromisoformat(stored["last_day"])),
            data_from=date.fromisoformat(stored["data_from"]) if stored["data_from"] else None,
            files=dict(stored["files"]),
            rows=dict(stored["rows"]),
            parameters=dict(stored["parameters"]),
            rules=dict(stored["rules"]),
            is_invented=bool(stored["is_invented"]),
            national_body=str(stored["national_body"]),
            national_body_short=str(stored["national_body_short"]),
        )
