"""
The medicines that the rules know by name, in groups.

A group holds its own name too, for a list that says no more than “an anticoagulant”.
"""

ANTICOAGULANTS = frozenset(
    {
        "acenocoumarol", "anticoagulant", "apixaban", "dabigatran", "dalteparin",
        "doac", "edoxaban", "enoxaparin", "heparin", "phenindione", "rivaroxaban",
        "tinzaparin", "warfarin",
    }
)  # fmt: skip
# Those that are dosed by the INR; with others an old one says nothing (S13).
BY_INR = frozenset({"acenocoumarol", "anticoagulant", "phenindione", "warfarin"})
# Medicines with which potassium may fall, or a fall does harm (S09).
POTASSIUM_RISKS = frozenset(
    {
        "bendroflumethiazide", "bumetanide", "chlortalidone", "digoxin", "diuretic",
        "furosemide", "indapamide", "metolazone",
    }
)  # fmt: skip
# They weaken the response, or are a cause of the deficiency (S24).
WEAKENING = frozenset(
    {
        "chloramphenicol", "colchicine", "esomeprazole", "h2_blocker", "lansoprazole",
        "metformin", "omeprazole", "pantoprazole", "ppi", "rabeprazole", "topiramate",
    }
)  # fmt: skip
