"""Attack of an insider who knows all other smileys and their answers: what they learn of one.

They know stop and hour of it, and which survey question was planned then.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.audit.insider import Guesses, Insider, judge
from tests.audit.truth import SURVEY, Quarter, Smiley

Option = tuple[int, str]
"""A score and an answer, empty where nothing was asked."""


def smileys(insider: Insider, truth: Quarter, targets: Sequence[Smiley]) -> Guesses:
    """What an insider learns of the score, whatever the answer was."""
    found = Guesses()
    for target in targets:
        by_score: defaultdict[int, float] = defaultdict(float)
        for (score, _), chance in _chances(insider, truth, target).items():
            by_score[score] += chance
        judge(found, by_score, target.score)
    return found


def answers(insider: Insider, truth: Quarter, targets: Sequence[Smiley]) -> Guesses:
    """What an insider learns of the answer, or that there was none, of those who were asked."""
    found = Guesses()
    for target in targets:
        by_answer: defaultdict[str, float] = defaultdict(float)
        for (_, answer), chance in _chances(insider, truth, target).items():
            by_answer[answer] += chance
        judge(found, by_answer, target.answer)
    return found


def _chances(insider: Insider, truth: Quarter, target: Smiley) -> Mapping[Option, float]:
    prior = _prior(truth, target.planned)
    options = [replace(target, score=score, answer=answer) for score, answer in prior]
    candidates = [insider.smiley_places(option) for option in options]
    chances = insider.chances(insider.smiley_places(target), candidates, [*prior.values()])
    return dict(zip(prior, chances, strict=True))


def _prior(truth: Quarter, planned: str) -> dict[Option, float]:
    """How likely each score and answer are to an attacker who knows nothing of the smiley."""
    total, given = sum(truth.scores.values()), Counter[str]()
    for smiley in truth.smileys:
        given[smiley.answer] += smiley.planned == planned and smiley.asked
    found: dict[Option, float] = {}
    for score, share in truth.scores.items():
        asked = Smiley("", 0, score, planned).asked
        answers = {a: given[a] + 0.1 for a in SURVEY[planned]} if asked else {"": 1.0}
        for answer, chance in answers.items():
            found[score, answer] = share / total * chance / sum(answers.values())
    return found
