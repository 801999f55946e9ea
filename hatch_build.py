"""Reads the package's dependencies from requirements/run.in, where each has its reason beside it."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class DependenciesFromRequirements(MetadataHookInterface):
    def update(self, metadata: dict) -> None:
        lines = (Path(self.root) / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
        bare = (line.partition("#")[0].strip() for line in lines)
        metadata["dependencies"] = [line for line in bare if line]
