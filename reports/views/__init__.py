"""Pages. They accept nothing but released figures, and the state of builds for staff."""
