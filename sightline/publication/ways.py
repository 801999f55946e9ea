"""How each way of counting is named to readers of tables and data."""

from collections.abc import Mapping

WAY_NAMES: Mapping[str, str] = {
    "panel": "the Panel's way of counting (incidents that occurred in the period and have a rapid review)",
    "panel_15_months": "the Panel's way of counting, over a window longer than the year",
    "department": "the department's way of counting (notifications sent in the period)",
    "register": "everything in the register, whatever its date",
}


def way_name(way: str) -> str:
    return WAY_NAMES.get(way, way.replace("_", " "))
