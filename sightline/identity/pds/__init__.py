"""Tracing NHS numbers through the Personal Demographics Service (PDS): off until it is configured."""
