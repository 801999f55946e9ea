"""Tracing a child's NHS number through the Personal Demographics Service (PDS): off until it is configured."""
