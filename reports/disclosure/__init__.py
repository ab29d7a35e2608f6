"""From a raw cube to a released one: rules, lattice, certificate, control, attack. No Django."""
