"""./run bench [spine|suppression] [largest size]"""

import sys

from benchmarks import spine, suppression

if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    if wanted not in ("all", "spine", "suppression"):
        raise SystemExit(__doc__)
    if wanted in ("all", "spine"):
        largest = int(sys.argv[2]) if len(sys.argv) > 2 else 200
        spine.run(tuple(size for size in (1, 10, 200) if size <= largest))
    if wanted in ("all", "suppression"):
        suppression.run()
