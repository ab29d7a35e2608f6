"""Everything that changes what `reports` stores. Keyword arguments, one transaction, audit inside."""
