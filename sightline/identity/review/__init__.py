"""Measuring links without a truth: a sample of pairs, judged blind by two people, and what it says of all."""
