"""HTML pages: desk, dialogs, call display, ticket, timetable."""
