"""python -m synthetic --children 20000 --seed 7 --error-scale 1.0 --out DIR: write an invented population."""

import argparse
import time
from pathlib import Path

from synthetic.population import Wanted, make


def main() -> None:
    parser = argparse.ArgumentParser(prog="synthetic", description=__doc__)
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--error-scale", type=float, default=1.0, help="what every rate of fault is multiplied by"
    )
    parser.add_argument(
        "--equal-errors", action="store_true", help="faults as common in every naming tradition"
    )
    parser.add_argument(
        "--identifiers", action="store_true", help="NHS numbers known to education and social care"
    )
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if given.children < 100:
        parser.error("a population has at least 100 children")
    began = time.perf_counter()
    wanted = Wanted(given.children, given.seed, given.error_scale, given.equal_errors, given.identifiers)
    counted = make(wanted, given.out)
    print(  # noqa: T201
        ", ".join(f"{many:,} {what}" for what, many in counted.items()),
        f"in {time.perf_counter() - began:.1f} s",
    )


if __name__ == "__main__":
    main()
