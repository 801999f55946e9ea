"""The words: code sets, areas, identifiers, periods, working days, findings and decisions."""
