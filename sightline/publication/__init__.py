"""The report, spreadsheets, open data and charts, from safe tables only."""
