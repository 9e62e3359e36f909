from tests.audit.german_summary import summary, written_summary


def test_the_german_page_has_the_figures_of_the_audit() -> None:
    assert written_summary() == summary(), "run python -m tests.audit"
