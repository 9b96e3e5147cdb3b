"""E-mail, alone and in a mailbox."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from index.types import Article
from tests.index.sources.given import FERRY, read, the_article


def _mail(subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        subject,
        "Esk Ferries <press@ferries.example>",
        "Tue, 04 Mar 2025 09:12:00 +0100",
    )
    mail["Message-ID"] = f"<{len(subject)}-{subject[-1]}@ferries.example>"
    mail.set_content(text)
    return mail


def test_mail_alone_and_in_a_mailbox(tmp_path: Path) -> None:
    (tmp_path / "press.eml").write_bytes(bytes(_mail("Férry runs aground", FERRY[0])))
    article = the_article(tmp_path / "press.eml")
    assert (article.title, article.agency, article.published) == (
        "Férry runs aground",
        "Esk Ferries",
        "2025-03-04T09:12:00+01:00",
    )
    assert article.text == FERRY[0]
    import mailbox

    box = mailbox.mbox(tmp_path / "press.mbox")
    for number in range(3):
        box.add(_mail(f"Ferry {number}", FERRY[number]))
    box.close()
    articles = [one for one in read(tmp_path / "press.mbox") if isinstance(one, Article)]
    assert [one.text for one in articles] == list(FERRY)
    assert len({one.id for one in articles}) == 3


def test_a_mail_of_several_parts_is_all_that_it_shows(tmp_path: Path) -> None:
    mail = _mail("Ferry", FERRY[0])
    mail.make_mixed()
    for kind, content in (("plain", FERRY[1]), ("html", f"<p>{FERRY[2]}</p>")):
        part = EmailMessage()
        part.set_content(content, subtype=kind)
        mail.attach(part)
    mail.add_attachment("Timetable of the tram", filename="tram.txt")
    mail.add_attachment(_mail("Tram opens", "The tram to Velt opens in May."), disposition="inline")
    mail.add_attachment(_mail("Kept apart", "The tram is late."))
    (tmp_path / "press.eml").write_bytes(bytes(mail))
    assert the_article(tmp_path / "press.eml").text == "\n\n".join(
        (*FERRY, "Tram opens", "The tram to Velt opens in May.")
    )


def test_a_plain_part_that_only_points_to_the_html_is_not_the_text(tmp_path: Path) -> None:
    stub = "Your mail program cannot show HTML.\nSee https://ferries.example/view?id=" + "x" * 200
    for plain, text in ((stub, "\n".join(FERRY)), ("\n\n".join(FERRY), "\n\n".join(FERRY))):
        mail = _mail("Ferry", plain)
        mail.add_alternative("".join(f"<p>{one}</p>" for one in FERRY), subtype="html")
        mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="hull.pdf")
        (tmp_path / "press.eml").write_bytes(bytes(mail))
        assert the_article(tmp_path / "press.eml").text == text
