"""Cases and codings moved in and out as files."""
