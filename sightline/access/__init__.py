"""Who may do and see what, and the record of every act."""
