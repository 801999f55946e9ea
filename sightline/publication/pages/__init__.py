"""The report as a web page, a PDF and charts."""
