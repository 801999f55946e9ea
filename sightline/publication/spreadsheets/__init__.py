"""The tables as workbooks, both formats from one description."""
