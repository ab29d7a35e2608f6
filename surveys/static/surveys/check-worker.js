// Does nothing: that it may be registered is all that the check wants to know.
