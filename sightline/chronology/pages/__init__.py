"""A chronology as files for people and programs: text, CSV, JSON, a web page, and a Word table."""
