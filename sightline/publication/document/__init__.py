"""The report as a value: its wording, every number of it bound to a figure."""
