from kiosk.domain.record import Outcome
from kiosk.settings.texts.outcomes import OUTCOMES


def test_every_outcome_has_a_word_of_its_own() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert len(set(OUTCOMES.values())) == len(Outcome)
