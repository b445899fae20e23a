"""How pages and the API call what `patients.background` names by code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patients.background import Agreement, Allergen, Condition, Reaction
from patients.exclusions import WORDINGS, Answer, Exclusion
from patients.medicines import Medicine, Route
from patients.samples import Sample

Titles = list[tuple[str, str | Promise]]


def _titles(words: Mapping[str, str | Promise]) -> Titles:
    return [(str(code), title) for code, title in words.items()]


MEDICINES = _titles(
    {
        Medicine.FOLIC_ACID: _("Folic acid"),
        Medicine.HYDROXOCOBALAMIN: _("Hydroxocobalamin, oral or sublingual"),
        Medicine.CYANOCOBALAMIN: _("Cyanocobalamin, oral or sublingual"),
        Medicine.METHYLCOBALAMIN: _("Methylcobalamin, oral or sublingual"),
        Medicine.WARFARIN: _("Warfarin"),
        Medicine.DOAC: _("Direct oral anticoagulant"),
        Medicine.ASPIRIN: _("Aspirin"),
        Medicine.CLOPIDOGREL: _("Clopidogrel"),
        Medicine.ANTIPLATELET: _("Another antiplatelet"),
        Medicine.DIURETIC: _("Diuretic"),
        Medicine.DIGOXIN: _("Digoxin"),
        Medicine.METFORMIN: _("Metformin"),
        Medicine.PPI: _("Proton pump inhibitor"),
        Medicine.H2_BLOCKER: _("H2 blocker"),
        Medicine.COLCHICINE: _("Colchicine"),
        Medicine.TOPIRAMATE: _("Topiramate"),
        Medicine.CHLORAMPHENICOL: _("Chloramphenicol"),
        Medicine.CONTRACEPTIVE: _("Combined oral contraceptive"),
        Medicine.GABAPENTIN: _("Gabapentin"),
        Medicine.PREGABALIN: _("Pregabalin"),
        Medicine.CARBAMAZEPINE: _("Carbamazepine"),
        Medicine.VALPROATE: _("Valproate"),
        Medicine.AMITRIPTYLINE: _("Amitriptyline"),
        Medicine.DULOXETINE: _("Duloxetine"),
        Medicine.IMIPRAMINE: _("Imipramine"),
        Medicine.CLONAZEPAM: _("Clonazepam"),
        Medicine.PIRACETAM: _("Piracetam"),
        Medicine.CHEMOTHERAPY: _("Chemotherapy"),
        Medicine.LEVOTHYROXINE: _("Levothyroxine"),
        Medicine.OTHER: _("Another medicine"),
    }
)
ROUTES = _titles(
    {
        Route.ORAL: _("by mouth"),
        Route.SUBLINGUAL: _("under the tongue"),
        Route.INTRAVENOUS: _("intravenous"),
        Route.INTRAMUSCULAR: _("intramuscular"),
        Route.SUBCUTANEOUS: _("subcutaneous"),
        Route.TOPICAL: _("on the skin or the eye"),
        Route.OTHER: _("another way"),
    }
)
ALLERGENS = _titles(
    {
        Allergen.NONE_KNOWN: _("No known allergies"),
        Allergen.HYDROXOCOBALAMIN: _("Hydroxocobalamin"),
        Allergen.CYANOCOBALAMIN: _("Cyanocobalamin"),
        Allergen.METHYLCOBALAMIN: _("Methylcobalamin"),
        Allergen.EXCIPIENT: _("An excipient of the injection"),
        Allergen.COBALT: _("Cobalt"),
        Allergen.OTHER: _("Something else"),
    }
)
REACTIONS = _titles(
    {
        Reaction.SERIOUS: _("anaphylaxis or serious"),
        Reaction.MILD: _("mild"),
        Reaction.UNKNOWN: _("not known"),
    }
)
CONDITIONS = _titles(
    {
        Condition.DIABETES: _("Diabetes"),
        Condition.ALBUMINURIA: _("Albuminuria"),
        Condition.RENAL_DISEASE: _("Renal disease"),
        Condition.CARDIAC_DISEASE: _("Cardiac disease"),
        Condition.OPTIC_NEUROPATHY: _("Leber’s or hereditary optic neuropathy"),
        Condition.BLEEDING_DISORDER: _("Bleeding disorder"),
        Condition.PREGNANCY: _("Pregnancy"),
        Condition.BREASTFEEDING: _("Breastfeeding"),
        Condition.MEGALOBLASTIC_ANAEMIA: _("Megaloblastic anaemia"),
        Condition.NITROUS_OXIDE_PLANNED: _("Nitrous oxide planned"),
        Condition.NITROUS_OXIDE_RECREATIONAL: _("Nitrous oxide, recreational"),
        Condition.HIGH_SUSPICION: _("High clinical suspicion of deficiency"),
        Condition.HYPOTHYROIDISM: _("Hypothyroidism"),
        Condition.ALCOHOL: _("Alcohol, harmful use"),
        Condition.MALABSORPTION: _("Malabsorption"),
    }
)
EXCLUSIONS: Titles = [(str(each), WORDINGS[each].text) for each in Exclusion]
ANSWERS = _titles(
    {
        Answer.NOT_DONE: _("not done"),
        Answer.EXCLUDED: _("excluded"),
        Answer.PRESENT: _("present"),
        Answer.PENDING: _("pending"),
    }
)
SAMPLES = _titles(
    {
        Sample.B12: _("Vitamin B12, total"),
        Sample.ACTIVE_B12: _("Active B12"),
        Sample.FOLATE: _("Folate"),
        Sample.BLOOD_COUNT: _("Full blood count"),
        Sample.FILM: _("Blood film"),
        Sample.RETICULOCYTES: _("Reticulocytes"),
        Sample.FERRITIN: _("Ferritin"),
        Sample.KIDNEYS: _("Urea, electrolytes, creatinine"),
        Sample.MMA: _("Methylmalonic acid"),
        Sample.HOMOCYSTEINE: _("Homocysteine"),
        Sample.THYROID: _("Thyroid function"),
        Sample.HBA1C: _("HbA1c"),
        Sample.LIVER: _("Liver function"),
        Sample.INTRINSIC_FACTOR: _("Intrinsic factor antibody"),
        Sample.COELIAC: _("Coeliac serology"),
        Sample.COPPER: _("Copper"),
        Sample.THIAMINE: _("Thiamine"),
        Sample.PYRIDOXINE: _("Vitamin B6"),
        Sample.VITAMIN_E: _("Vitamin E"),
    }
)
AGREEMENTS = _titles(
    {
        Agreement.GIVEN: _("consent given"),
        Agreement.REFUSED: _("refused"),
        Agreement.WITHDRAWN: _("withdrawn"),
    }
)
