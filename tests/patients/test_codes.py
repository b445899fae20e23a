"""The codes that the database keeps and the API says: none may change its spelling."""

from patients.background import Agreement, Allergen, Condition, Missing, Reaction
from patients.exclusions import WORDINGS, Answer, Exclusion
from patients.medicines import ATC, Medicine, Route
from patients.samples import Sample


class TestCodes:
    def test_of_medicines(self) -> None:
        assert " ".join(Medicine) == (
            "folic_acid hydroxocobalamin cyanocobalamin methylcobalamin "
            "warfarin doac aspirin clopidogrel antiplatelet diuretic digoxin "
            "metformin ppi h2_blocker colchicine topiramate chloramphenicol "
            "combined_contraceptive gabapentin pregabalin carbamazepine "
            "valproate amitriptyline duloxetine imipramine clonazepam piracetam "
            "chemotherapy levothyroxine other"
        )
        assert " ".join(Route) == (
            "oral sublingual intravenous intramuscular subcutaneous topical other"
        )
        assert ATC == {
            "hydroxocobalamin": "B03BA03",
            "cyanocobalamin": "B03BA01",
            "methylcobalamin": "B03BA05",
        }

    def test_of_allergies(self) -> None:
        assert " ".join(Allergen) == (
            "none_known hydroxocobalamin cyanocobalamin methylcobalamin "
            "excipient cobalt other"
        )
        assert " ".join(Reaction) == ("serious mild unknown")

    def test_of_conditions(self) -> None:
        assert " ".join(Condition) == (
            "diabetes albuminuria renal_disease cardiac_disease "
            "hereditary_optic_neuropathy bleeding_disorder pregnancy "
            "breastfeeding megaloblastic_anaemia nitrous_oxide_planned "
            "nitrous_oxide_recreational high_clinical_suspicion hypothyroidism "
            "alcohol malabsorption"
        )

    def test_of_answers(self) -> None:
        assert " ".join(Answer) == ("not_done excluded present pending")
        assert " ".join(Agreement) == ("given refused withdrawn")
        assert " ".join(Missing) == ("consent allergies")

    def test_of_samples(self) -> None:
        assert " ".join(Sample) == (
            "b12 active_b12 folate full_blood_count blood_film reticulocytes "
            "ferritin urea_and_electrolytes mma homocysteine thyroid_function "
            "hba1c liver_function intrinsic_factor_antibody coeliac_serology "
            "copper thiamine vitamin_b6 vitamin_e"
        )


class TestWordings:
    def test_say_what_is_asked(self) -> None:
        assert [WORDINGS[line].text for line in Exclusion] == [
            "Neurotoxic drugs, such as chemotherapy",
            "Hypothyroidism",
            "Renal disease",
            "Diabetes",
            "Thiamine deficiency",
            "Copper deficiency",
            "Vitamin E deficiency",
            "Infection: HIV, syphilis, Lyme, hepatitis C",
            "Inflammatory demyelinating neuropathy",
            "Haematological disease, paraprotein",
            "Malignancy",
            "Nitrous oxide",
            "Alcohol",
            "Essential, parkinsonian or drug-induced tremor",
            "Disturbed calcium, magnesium or potassium",
            "Too much vitamin B6",
            "Drugs that cause B12 deficiency, such as metformin",
        ]
