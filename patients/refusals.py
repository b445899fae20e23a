"""How an action says no: which field, and why, in one sentence a person can act on."""


class Refused(Exception):
    """
    An action was not carried out, and nothing was written.

    `field` names what was wrong with the input, or is empty when it was not the input;
    `code` is for programs, `reason` for people.
    """

    def __init__(self, reason: str, *, field: str = "", code: str = "refused") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.code = code
