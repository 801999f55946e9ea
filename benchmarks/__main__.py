"""./run bench [spine|suppression|loading|linking|searching|chronology] [largest size of spine]"""

import sys

from benchmarks import chronology, linking, loading, searching, spine, suppression

BENCHMARKS = {
    "spine": spine.run,
    "suppression": suppression.run,
    "loading": loading.run,
    "linking": linking.run,
    "searching": searching.run,
    "chronology": chronology.run,
}

if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    if wanted not in ("all", *BENCHMARKS):
        raise SystemExit(__doc__)
    for name, run in BENCHMARKS.items():
        if name == "spine" and wanted in ("all", "spine"):
            largest = int(sys.argv[2]) if len(sys.argv) > 2 else 200
            spine.run(tuple(size for size in (1, 10, 200) if size <= largest))
        elif wanted in ("all", name):
            run()
