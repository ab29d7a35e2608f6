"""Everything that changes what `surveys` stores. Keyword arguments, one transaction, audit inside."""
