"""
The rulebook: what the product was asked to hold true, rule by rule, as data.

`claims.v1.json` has the claims R01 to R46 in our words: what the software makes of
each, how it stands to the guidelines, on which sources. `ways.v1.json` has the ways T1
to T9 between the phases. Both keep who reviewed them, and when: nobody yet.
"""
