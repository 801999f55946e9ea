"""Weights learnt from a deployment's own records, version by version, and which of them are in force."""
