"""Invented populations of children as four agencies would see them, with the truth beside them.

    python -m synthetic --children 100000 --seed 7 --out /tmp/population

Nobody in them is real, and nobody in them is anybody in a population that the project is judged on:
names come from the lists in `names/`, addresses from `places.csv`, faults from `rates.toml`. Tests,
benchmarks and the demonstration use it; `sightline` itself may not.
"""
