"""An agency's extract in its own format → accepted records and findings; no row unaccounted for."""
