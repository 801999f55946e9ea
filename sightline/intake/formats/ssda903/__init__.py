"""The return on looked-after children (SSDA903), shared by its two forms: CSV tables and one XML file.

Local authorities send it to the department each year, for the twelve months that end on 31 March.
"""
