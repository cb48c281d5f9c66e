"""Who sent in what: by the titles of the reports, by the roster's files, and asked where it is not certain."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.collating.area import Body, State, Submission, Told
from reportgen.collating.matching import Matched, matched
from reportgen.collating.roster import Roster
from reportgen.collating.sums import totals
from reportgen.form.form_file import load_form
from reportgen.model.findings import Severity

from ..counting import steps

CELL = "requests.new_received.natural"
FORM = load_form("2021")


def sent(
    file: str, name: str = "", figure: int | None = 1, year: int | None = 2025, **others: object
) -> Submission:
    """A report with one figure."""
    figures = {} if figure is None else {CELL: str(figure)}
    values = {"format": "2021", "figures": figures, **others}
    return Submission(file, digest=file, name=name, year=year, **values)  # type: ignore[arg-type]


def roster(*bodies: Body | str, **others: object) -> Roster:
    found = tuple(Body(body) if isinstance(body, str) else body for body in bodies)
    return Roster(found, **others)  # type: ignore[arg-type]


def states(found: Matched) -> dict[str, State]:
    return {standing.name: standing.state for standing in found.standings}


def total(found: Matched) -> str:
    return totals(found.standings, FORM)[CELL].figure


def test_a_report_is_the_bodys_whose_name_its_title_says_whatever_its_file_is_called() -> None:
    found = matched([sent("水利局.docx", "某市甲区民政局")], roster("民政局", "水利局"))
    assert states(found) == {"民政局": State.OK, "水利局": State.MISSING}
    assert found.standings[0].files == ("水利局.docx",)


@pytest.mark.parametrize(
    ("listed", "title"),
    [
        ("甲区民政局", "某市甲区民政局"),
        ("发展改革委", "某市甲区发展和改革委员会"),
        ("甲区发展和改革委员会", "甲区发展改革委"),
        ("住房城乡建设局", "甲区住房和城乡建设局"),
        ("甲区乙镇政府", "甲区乙镇人民政府"),
        ("甲区（本级）财政局", "甲区(本级) 财政局"),
        ("丙街道", "某市甲区丙街道办事处"),
    ],
)
def test_names_match_without_the_places_all_have_and_in_their_short_form(listed: str, title: str) -> None:
    others = [sent("1", "某市甲区水利局"), sent("2", "甲区教育局")]
    found = matched([*others, sent("a.docx", title)], roster(listed, "水利局", "教育局"))
    assert states(found)[listed] is State.OK
    assert found.questions == ()


def test_a_body_of_another_place_is_not_the_areas() -> None:
    reports = [sent(str(i), f"某市甲区{name}局") for i, name in enumerate(["水利", "教育", "财政"])]
    found = matched([*reports, sent("a", "某市乙区民政局")], roster("水利局", "教育局", "财政局", "民政局"))
    assert states(found)["民政局"] is State.MISSING
    assert [each.file for each in found.unplaced] == ["a"]
    assert "某市乙区民政局" in found.questions[0]
    assert total(found) == "3"


@pytest.mark.parametrize(
    ("listed", "title"), [("发改委", "甲区发展和改革委员会"), ("卫生健康局", "甲区卫生健康委员会")]
)
def test_a_name_that_is_nearly_one_is_asked_about_and_not_added(listed: str, title: str) -> None:
    found = matched([sent("a", title), sent("b", "甲区民政局")], roster(listed, "民政局"))
    assert states(found)[listed] is State.MISSING
    (question,) = found.questions
    assert title in question
    assert listed in question
    assert total(found) == "1"


def test_the_file_that_the_roster_names_is_the_bodys() -> None:
    bodies = (Body("发改委", file="a.html"), Body("民政局"))
    found = matched([sent("收/a.html", "甲区发展和改革委员会"), sent("b", "甲区民政局")], roster(*bodies))
    assert states(found) == {"发改委": State.OK, "民政局": State.OK}
    assert "甲区发展和改革委员会" in found.standings[0].remark
    assert found.questions == ()


def test_a_file_of_the_roster_that_is_not_there_is_told() -> None:
    found = matched([sent("b", "甲区水利局")], roster(Body("民政局", file="a.html")))
    assert any("a.html" in question for question in found.questions)


def test_the_same_report_twice_is_counted_once() -> None:
    found = matched([sent(f"{i}.docx", "民政局", 7) for i in range(8)], roster("民政局"))
    (standing,) = found.standings
    assert standing.state is State.OK
    assert len(standing.files) == 8
    assert "只计一次" in standing.remark
    assert total(found) == "7"


def test_two_reports_that_differ_are_not_counted_until_somebody_decides() -> None:
    reports = [sent("a.docx", "民政局", 7), sent("b.docx", "民政局", 8)]
    found = matched(reports, roster("民政局"))
    (standing,) = found.standings
    assert (standing.state, standing.submission, standing.is_lacking) == (State.ERRORS, None, True)
    assert set(standing.files) == {"a.docx", "b.docx"}
    assert total(found) == ""
    decided = matched(reports, roster(Body("民政局", file="b.docx")))
    assert decided.standings[0].state is State.OK
    assert total(decided) == "8"


def test_a_blank_is_no_difference_and_the_fuller_report_stands() -> None:
    fuller = sent("b.docx", "民政局", figures={CELL: "3", "requests.new_received.total": "3"})
    found = matched([sent("a.pdf", "民政局", 3), fuller], roster("民政局"))
    assert found.standings[0].files == ("b.docx", "a.pdf")


def test_a_report_of_another_year_is_lacking_and_not_counted() -> None:
    found = matched([sent("a", "民政局"), sent("b", "水利局"), sent("c", "教育局", year=2024)])
    assert found.year == 2025
    standing = next(s for s in found.standings if s.name == "教育局")
    assert (standing.state, standing.is_lacking) == (State.ERRORS, True)
    assert "2024年" in standing.remark
    assert total(found) == "2"


def test_last_years_report_beside_this_years_is_no_second_report() -> None:
    found = matched(
        [sent("a", "民政局", 5), sent("b", "民政局", 9, 2024), sent("c", "水利局")],
        roster("民政局", "水利局"),
    )
    assert found.standings[0].state is State.OK
    assert found.standings[0].files == ("a", "b")
    assert total(found) == "6"


def test_the_year_may_be_asked_for() -> None:
    reports = [sent("a", "民政局"), sent("b", "水利局"), sent("c", "教育局", year=2024)]
    assert states(matched(reports, None, 2024))["教育局"] is State.OK
    assert matched(reports, roster("教育局", year=2024)).year == 2024


def test_bodies_that_another_includes_are_not_added_again() -> None:
    bodies = roster(Body("公安局", is_total=True), Body("交警大队", included_in="公安局"), "民政局")
    found = matched([sent("a", "公安局", 10), sent("b", "交警大队", 4), sent("c", "民政局", 1)], bodies)
    assert total(found) == "11"
    assert "公安局" in found.standings[1].remark


def test_a_missing_body_that_another_includes_is_missing_and_no_sum_lacks_it() -> None:
    found = matched([sent("a", "公安局")], roster("公安局", Body("交警大队", included_in="公安局")))
    assert states(found)["交警大队"] is State.MISSING
    assert not any(standing.is_lacking for standing in found.standings)


def test_without_a_roster_the_governments_own_report_is_not_added_to_its_parts() -> None:
    reports = [
        sent("a", "某市甲区人民政府", 30),
        sent("b", "某市甲区民政局", 1),
        sent("c", "某市甲区水利局", 2),
    ]
    found = matched(reports)
    assert total(found) == "3"
    standing = next(s for s in found.standings if s.name == "某市甲区人民政府")
    assert standing.body.is_total
    assert not standing.is_lacking
    assert "汇总" in standing.remark
    assert total(matched(reports[:1])) == "30"


def test_a_file_that_cannot_be_read_is_the_bodys_whose_name_it_has() -> None:
    broken = Submission("甲区民政局2025.pdf", reason="文件损坏了，打不开。")
    found = matched([broken, sent("b", "甲区水利局")], roster("甲区民政局", "甲区水利局", "甲区财政局"))
    assert states(found) == {
        "甲区民政局": State.UNREADABLE,
        "甲区水利局": State.OK,
        "甲区财政局": State.MISSING,
    }
    assert found.unplaced == ()


def test_a_file_that_cannot_be_read_and_is_named_for_nobody_accuses_nobody() -> None:
    broken = Submission("扫描件.pdf", reason="文件损坏了，打不开。")
    found = matched([broken, sent("b", "甲区水利局")], roster("甲区民政局", "甲区水利局"))
    assert states(found) == {"甲区民政局": State.MISSING, "甲区水利局": State.OK}
    assert [each.file for each in found.unplaced] == ["扫描件.pdf"]


def test_a_file_named_for_the_longer_of_two_names_is_not_the_shorter_ones() -> None:
    broken = Submission("公安局交警大队.pdf", reason="文件损坏了，打不开。")
    found = matched([broken], roster("公安局", "公安局交警大队"))
    assert states(found) == {"公安局": State.MISSING, "公安局交警大队": State.UNREADABLE}


def test_a_notice_is_listed_and_nobodys_error() -> None:
    notice = Submission("通知.docx", reason="这个 Word 文件不像是政府信息公开工作年度报告。", is_report=False)
    found = matched([notice, sent("b", "水利局")], roster("水利局"))
    assert [each.file for each in found.outside] == ["通知.docx"]
    assert (found.unplaced, found.questions) == ((), ())


def test_failing_sums_are_counted_as_they_stand_and_that_is_said() -> None:
    told = (Told("T01", Severity.ERROR, "表三：总计是 3，应为 4。"),)
    found = matched([sent("a", "民政局", 3, told=told)], roster("民政局"))
    (standing,) = found.standings
    assert (standing.state, standing.is_added) == (State.ERRORS, True)
    assert "现在的数" in standing.remark


def test_a_file_of_the_roster_that_is_no_report_is_the_bodys_all_the_same() -> None:
    notice = Submission("通知.docx", reason="这个 Word 文件不像是报告。", is_report=False)
    found = matched([notice, sent("b", "水利局")], roster(Body("民政局", file="通知.docx"), "水利局"))
    assert states(found)["民政局"] is State.UNREADABLE
    assert (found.outside, found.questions) == ((), ())


def test_a_report_in_another_format_is_not_added() -> None:
    reports = [sent("a", "民政局"), sent("b", "水利局"), sent("c", "教育局", format="2019")]
    found = matched(reports)
    assert "2019年格式" in next(s for s in found.standings if s.name == "教育局").remark
    assert total(found) == "2"


def test_a_report_without_a_title_is_asked_about() -> None:
    found = matched([sent("a.xlsx"), sent("b", "民政局")], roster("民政局", "水利局"))
    assert any("a.xlsx" in question for question in found.questions)
    assert states(found)["水利局"] is State.MISSING


def test_what_came_after_the_deadline_is_late() -> None:
    def standing(modified: float) -> bool:
        body = Body("民政局", deadline=date(2026, 1, 31))
        return matched([sent("a", "民政局", modified=modified)], roster(body)).standings[0].is_late

    assert not standing(1769860800)  # 2026-01-31 12:00 UTC
    assert standing(1770033600)  # 2026-02-02 12:00 UTC


def test_of_bodies_with_the_very_same_figures_that_is_said() -> None:
    figures = {key: str(i) for i, key in enumerate(list(FORM.cells)[:10])}
    reports = [sent(name, name, figures=figures) for name in ("民政局", "水利局")]
    found = matched([*reports, sent("c", "教育局")], roster("民政局", "水利局", "教育局"))
    remarks = [standing.remark for standing in found.standings]
    assert "“水利局”" in remarks[0]
    assert "“民政局”" in remarks[1]
    assert remarks[2] == ""
    assert found.questions == ()


def test_a_blank_is_lacking_and_never_zero() -> None:
    found = matched(
        [sent("a", "民政局", 3), sent("b", "水利局", None, unread={CELL: ""})], roster("民政局", "水利局")
    )
    cell = totals(found.standings, FORM)[CELL]
    assert (cell.figure, dict(cell.contributors), cell.lacking) == ("3", {"民政局": "3"}, ("水利局",))


def test_amounts_are_added_exactly() -> None:
    fee = next(key for key, cell in FORM.cells.items() if cell.decimal)
    reports = [
        sent(str(i), f"{i}局", figures={fee: figure}) for i, figure in enumerate(["0.1", "0.2", "7730.280"])
    ]
    found = matched(reports, roster("0局", "1局", "2局"))
    assert totals(found.standings, FORM)[fee].figure == "7730.580"


def test_many_bodies_with_like_names_are_not_held_against_each_other_one_by_one() -> None:
    """Ten times as many bodies cost about ten times as many steps."""

    def matching(count: int) -> int:
        reports = [sent(str(i), f"某市甲区第{i // 100}镇第{i % 100}所") for i in range(count)]
        return steps(lambda: matched(reports))

    assert matching(1_000) < 20 * matching(100)
