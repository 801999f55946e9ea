"""What reviewers write in a chronology's table, brought back and kept beside the source, never over it."""
