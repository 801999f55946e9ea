"""The codebook and the coded answers."""
