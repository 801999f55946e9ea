"""Speed and memory, measured as a user meets them: whole processes, each figure with its growth."""
