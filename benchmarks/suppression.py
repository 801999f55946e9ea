"""Disclosure control of a year by authority, age and nature with all margins: seconds, memory, cells hidden.

153 authorities, 5 age bands and 3 natures give 3,696 cells. 456 notifications, a real year's number, make a
sparse table; 5,000 a denser one, in which more cells must be hidden. The last rows grow the table.
"""

import json
import resource
import sys
import time

TARGET = "153 x 5 x 3 with all margins: under 30 s"
CASES = ((153, 456, 1), (153, 456, 2), (153, 5000, 1), (153, 5000, 2))
GROWTH = ((38, 1250, 1), (76, 2500, 1), (153, 5000, 1), (306, 10000, 1), (612, 20000, 1))


def run() -> None:
    print(f"\nSuppression and attack ({TARGET})")
    print("authorities  notifications  seed  sensitive  hidden in all   choose+attack        whole process")
    for case in dict.fromkeys((*CASES, *GROWTH)):
        command = [sys.executable, "-m", "benchmarks.suppression", *map(str, case)]
        seen = _told(command)
        print(
            "{:11,}  {:13,}  {:4}  {:9,}  {:13,}  {:8.2f} s".format(*case, *seen[:3]).ljust(70),
            f"{seen[3]:8.2f} s {seen[4]:6.0f} MB",
            flush=True,
        )


def _told(command: list[str]) -> tuple[int, int, float, float, float]:
    import subprocess

    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    told = json.loads(done.stdout)
    return told["sensitive"], told["hidden"], told["seconds"], seconds, told["megabytes"]


def one(areas: int, notifications: int, seed: int) -> dict[str, float]:
    """Protect one table and say what it took."""
    import scipy.optimize
    import scipy.sparse.csgraph  # noqa: F401

    from sightline.disclosure_control.policies import DEFAULT_POLICY
    from sightline.disclosure_control.primary import sensitive_cells
    from sightline.disclosure_control.protect import protect

    counted = _counted(areas, notifications, seed)
    began = time.perf_counter()
    safe = protect(counted)
    seconds = time.perf_counter() - began
    return {
        "sensitive": len(sensitive_cells(counted.cells, policy=DEFAULT_POLICY)),
        "hidden": safe.checks.cells_hidden,
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _counted(areas: int, notifications: int, seed: int):  # type: ignore[no-untyped-def]
    import numpy as np

    sys.path.insert(0, "tests/builders")
    from counted import crossed

    chance = np.random.default_rng(seed)
    share = np.einsum(
        "a,b,c->abc",
        chance.dirichlet(np.full(areas, 1.5)),
        (0.36, 0.19, 0.10, 0.22, 0.13),
        (0.44, 0.53, 0.03),
    )
    counts = chance.multinomial(notifications, share.ravel()).reshape(share.shape)
    ages = ("under_1", "1_to_5", "6_to_10", "11_to_15", "16_and_over")
    codes = [f"A{number:04}" for number in range(areas)]
    return crossed(
        counts, {"authority": codes, "age_band": ages, "nature": ("death", "serious_harm", "other")}
    )


if __name__ == "__main__":
    print(json.dumps(one(*map(int, sys.argv[1:]))))
