"""Files of any origin read record by record: streamed, within limits, with nothing in them obeyed."""
