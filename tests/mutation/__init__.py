"""
`make mutants`: break every pure module in every small way, and see that a test notices.

The ways of breaking are those of mutmut. The driver is ours, because mutmut leaves out
properties, tables and thresholds, and because a rule needs neither Django nor a
database to be tried: each mutant runs in a fork, by the module's own tests first.
"""
