"""All that changes what `surveys` stores: keyword arguments, one transaction, audit inside."""
