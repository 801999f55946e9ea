"""The tables as open data, in the department's layout and screened by its rules."""
