"""All that changes what `reports` stores: keyword arguments, one transaction, audit inside."""
