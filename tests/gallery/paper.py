"""Pictures of slips and information sheets in every language, for both widths of paper.

`python -m tests.gallery.paper [--to DIR]`
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from PIL import Image

from kiosk.domain.directory import PHRASES, AdviceOffer
from kiosk.domain.ids import LanguageCode, OfferId
from kiosk.domain.profile import Profile
from kiosk.drawing.paper.appointment_slip import Booked, appointment_slip
from kiosk.drawing.paper.draw import WIDTH_PX, draw_appointment, draw_sheet, draw_slip
from kiosk.drawing.paper.sheet import information_sheet, sheet_of
from kiosk.drawing.paper.slip_words import sample_slip
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from tests.gallery.__main__ import index

WELFARE = AdviceOffer(
    id=OfferId("migrationsberatung"),
    name="Migrationsberatung für erwachsene Zugewanderte",
    about={
        LanguageCode("de"): "Hilfe bei Aufenthalt, Sprachkurs, Arbeit und Wohnung. Kostenlos.",
        LanguageCode("de-x-ls"): "Hilfe für Menschen aus anderen Ländern. Es kostet nichts.",
        LanguageCode("en"): "Help with residence, language courses, work and housing. Free.",
        LanguageCode("tr"): "Oturum, dil kursu, iş ve konut konularında ücretsiz yardım.",  # noqa: RUF001
        LanguageCode("ar"): "مساعدة مجانية في الإقامة ودورات اللغة والعمل والسكن.",
    },
    address="Marktstraße 12, 73207 Plochingen",
    phone="07153 7005-0",
    email="migrationsberatung@plochingen.example",
    website="https://www.plochingen.example/beratung/migration",
    hours=("mo-we,fr 09:00-12:00", "th 14:00-18:00"),
    languages=("de", "tr", "ar", "uk"),
)
DEBTS = AdviceOffer(
    id=OfferId("schuldnerberatung"),
    name="Schuldnerberatung",
    about={LanguageCode("de"): "Wenn Rechnungen nicht mehr bezahlt werden können."},
    phone="0209 169-0",
    hours=("mo-su 00:00-24:00",),
)


def pictures(
    profile: Profile, language: LanguageCode, width_px: int, texts: Texts
) -> dict[str, Image.Image]:
    """Every kind of paper in one language, by name."""
    slip = replace(
        sample_slip("A-017", language, texts),
        place="Domplatte Buer",
        date="24.11.2026, 10:32",
        group=profile.groups[0].label[language],
        ahead=texts(language, "number.ahead", count=3),
        wait=texts(language, "slip.wait", low=10, count=20),
        hint=texts(language, "slip.hint"),
        mark="",
    )
    page = "http://10.42.0.1:8422/t/q7RkX2mVbT9cLw4Z"
    booked = Booked(
        "48210937", datetime(2026, 11, 24, 10, 20, tzinfo=UTC), profile.topics[0].id, "Buer"
    )
    return {
        "slip": draw_slip(slip, width_px),
        "slip-with-page": draw_slip(
            replace(slip, link=page, code_hint=texts(language, "slip.page")), width_px
        ),
        "appointment": draw_appointment(
            appointment_slip(booked, profile, language, texts), width_px
        ),
        "sheet": draw_sheet(information_sheet([WELFARE], profile, language, texts), width_px),
        "sheet-of-two": draw_sheet(
            information_sheet([WELFARE, DEBTS], profile, language, texts), width_px
        ),
        "phrases": draw_sheet(sheet_of(PHRASES, profile, language, texts), width_px),
    }


@click.command()
@click.option("--to", type=click.Path(path_type=Path), default=Path("var/gallery"))
def main(to: Path) -> None:
    """Draw them all, with a page that shows them."""
    profile, texts = profiles.load_profile("gelsenkirchen"), Texts.load()
    drawn: dict[str, list[str]] = {}
    for paper_mm, width_px in WIDTH_PX.items():
        for language in profile.languages:
            paper = f"paper-{paper_mm}"
            (to / paper / language).mkdir(parents=True, exist_ok=True)
            for name, picture in pictures(profile, language, width_px, texts).items():
                picture.save(to / paper / language / f"{name}.png")
                drawn.setdefault(paper, []).append(f"{language}/{name}")
    (to / "paper.html").write_text(index(drawn))
    click.echo(f"{to / 'paper.html'}: slips and information sheets")


if __name__ == "__main__":
    main()
