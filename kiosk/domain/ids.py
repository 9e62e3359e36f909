"""Identifiers: one type for each kind, so that they cannot be mixed up."""

from typing import Final, NewType

TopicId = NewType("TopicId", str)
GroupId = NewType("GroupId", str)
StopId = NewType("StopId", str)
PartnerId = NewType("PartnerId", str)
OfferId = NewType("OfferId", str)
NeedId = NewType("NeedId", str)
DeskId = NewType("DeskId", str)
OutcomeId = NewType("OutcomeId", str)
QuestionId = NewType("QuestionId", str)
ChoiceId = NewType("ChoiceId", str)
LanguageCode = NewType("LanguageCode", str)
TicketId = NewType("TicketId", int)
VisitId = NewType("VisitId", int)
FeedbackId = NewType("FeedbackId", int)
Surface = NewType("Surface", str)
SheetId = NewType("SheetId", int)
CopyId = NewType("CopyId", int)
ReminderId = NewType("ReminderId", int)
UndoEntryId = NewType("UndoEntryId", int)

GERMAN: Final = LanguageCode("de")
"""Of staff, and of whatever another language lacks."""
