"""Which records are the same child, in batch and live; people's rulings, undoable."""
