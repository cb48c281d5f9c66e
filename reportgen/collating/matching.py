"""Roster and submissions -> where each body stands.

A report is a body's by its own title, or because the roster names its file. What is nearly a body's is asked about.
Without a roster every body of which there is a readable report is one of the area.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from pathlib import PurePosixPath

from .area import Body, Outside, Standing, State, Submission
from .choosing import chosen, some
from .names import GOVERNMENT, abbreviates, core, is_near, numbers_in, places_of, plain
from .roster import Roster

FEWEST_FIGURES = 6
"""Different figures other than 0: two bodies that have the same ones of so many are perhaps one."""
MOST_ALIKE = 200
"""Names with the same beginning and end; of more, none is held against the others."""


@dataclass(frozen=True)
class Matched:
    """What is known of the bodies before anything is added up."""

    standings: tuple[Standing, ...]
    year: int | None
    format: str
    """Of the reports that are added up; "" where there are none."""
    places: frozenset[str]
    """What the names of the area's bodies have in common."""
    outside: tuple[Outside, ...]
    unplaced: tuple[Submission, ...]
    questions: tuple[str, ...]


def matched(
    submissions: Sequence[Submission],
    roster: Roster | None = None,
    year: int | None = None,
    unsteady: Sequence[str] = (),
) -> Matched:
    """Find the report of each body.

    ``year`` is the one that is asked for, else that of the roster or of most reports; ``unsteady`` are the files that
    changed while they were read.
    """
    reports = [each for each in submissions if each.is_report]
    years = Counter(each.year for each in reports if each.year)
    year = year or (roster.year if roster else None) or max(years, key=lambda y: (years[y], y), default=None)
    formats = Counter(each.format for each in reports if each.year == year and each.figures)
    format = max(formats, key=lambda each: (formats[each], each), default="")
    names = [each.name for each in reports if each.name]
    places = places_of(
        [*names, *([roster.area] if roster else []), *(b.name for b in roster.bodies)] if roster else names
    )
    work = _Matching(reports, year, format, places)
    if roster:
        work.questions += roster.remarks
    standings = work.by_roster(roster, submissions) if roster else work.by_title()
    standings = _with_same_figures(standings)
    work.questions += [
        f"文件“{file}”读的时候还在变，可能没有读全。请等它存好以后再运行一次。" for file in unsteady
    ]
    return Matched(
        standings=tuple(standings),
        year=year,
        format=format,
        places=places,
        outside=tuple(
            Outside(each.file, each.reason)
            for each in submissions
            if not each.is_report and each.file not in work.taken
        ),
        unplaced=tuple(each for each in reports if each.file not in work.taken),
        questions=tuple(work.questions),
    )


class _Matching:
    """One folder being matched."""

    def __init__(
        self, reports: Sequence[Submission], year: int | None, format: str, places: frozenset[str]
    ) -> None:
        self.reports = reports
        self.year = year
        self.format = format
        self.places = places
        self.taken: set[str] = set()
        """The files that are some body's."""
        self.questions: list[str] = []
        self.by_core: dict[str, list[Submission]] = defaultdict(list)
        for each in reports:
            if each.name:
                self.by_core[core(each.name, places)].append(each)

    # ── with a roster ───────────────────────────────────────────────────────────────────────────────

    def by_roster(self, roster: Roster, submissions: Sequence[Submission]) -> list[Standing]:
        """Every body of the roster, in its order; a file that the roster names may be no report."""
        files = {each.file: each for each in submissions}
        given = {body.name: self.file_of(body, files) for body in roster.bodies if body.file}
        self.taken.update(each.file for each in given.values() if each)
        bodies = self.distinct(roster.bodies)
        found = {
            body.name: self.files_of(
                body, bodies.get(core(body.name, self.places)) is body, given.get(body.name)
            )
            for body in roster.bodies
        }
        standings = [self.standing(body, found[body.name], given.get(body.name)) for body in roster.bodies]
        self.ask_of_near([standing for standing in standings if standing.state is State.MISSING])
        standings = self.with_unreadable(standings)
        including = {plain(body.included_in) for body in roster.bodies if body.included_in}
        return [self.said_of_scope(standing, including) for standing in standings]

    def distinct(self, bodies: Sequence[Body]) -> dict[str, Body]:
        """The body of each core; of two that only the places tell apart, none."""
        found: dict[str, list[Body]] = defaultdict(list)
        for body in bodies:
            found[core(body.name, self.places)].append(body)
        for same in found.values():
            if len(same) > 1:
                names = some([f"“{body.name}”" for body in same])
                self.questions.append(
                    f"名单里的{names}像是同一个单位。是的只留一个；不是的，在“文件”（file）里写明各是哪一份。"
                )
        return {key: same[0] for key, same in found.items() if len(same) == 1}

    def file_of(self, body: Body, files: dict[str, Submission]) -> Submission | None:
        """The file that the roster names; its name alone is enough where there is one of that name."""
        if body.file in files:
            return files[body.file]
        named = [
            each for file, each in files.items() if PurePosixPath(file).name == PurePosixPath(body.file).name
        ]
        if len(named) == 1:
            return named[0]
        what = "有几个" if named else "没有"
        self.questions.append(f"名单里“{body.name}”的文件是“{body.file}”，文件夹里{what}这个文件。")
        return None

    def files_of(self, body: Body, is_known: bool, given: Submission | None) -> list[Submission]:
        """All files of a body, that of the roster first."""
        named = self.by_core[core(body.name, self.places)] if is_known else []
        if not is_known:
            named = [each for each in self.reports if each.name and plain(each.name) == plain(body.name)]
        own = [each for each in named if each is not given and each.file not in self.taken]
        found = ([given] if given else []) + own
        self.taken.update(each.file for each in found)
        return found

    def ask_of_near(self, missing: Sequence[Standing]) -> None:
        """Ask of the reports that are nobody's, but nearly a body's that is missing."""
        strangers: dict[str, list[str]] = defaultdict(list)
        for each in self.reports:
            if each.name and each.file not in self.taken:
                strangers[each.name].append(each.file)
        for name, found in strangers.items():
            near = [s.name for s in missing if is_near(core(name, self.places), core(s.name, self.places))]
            files = some(found)
            if near:
                names = some([f"“{each}”" for each in near])
                self.questions.append(
                    f"报告的标题写的是“{name}”（{files}），名单里没有，相近的是{names}，它的报告还没有。"
                    f"是同一个单位的，请改名单里的名称，或者在“文件”（file）里写明它的报告；不是的，把“{name}”加进名单。没有计入。"
                )
            else:
                self.questions.append(
                    f"“{name}”（{files}）不在名单里，没有计入。请核对；应当有的，加进名单。"
                )
        for each in self.reports:
            if each.file not in self.taken and not each.name and not each.reason:
                self.questions.append(
                    f"文件“{each.file}”里没有找到报告的标题，不知道是哪个单位的，没有计入。"
                    "知道的，在名单的“文件”（file）里写明那个单位的报告。"
                )

    def with_unreadable(self, standings: Sequence[Standing]) -> list[Standing]:
        """Bodies without a report whose name stands in the name of one file that cannot be used."""
        broken = [each for each in self.reports if each.reason and each.file not in self.taken]
        if not broken:
            return list(standings)
        found = []
        for standing in standings:
            own = [each for each in broken if self.is_named_for(each.file, standing.body, standings)]
            if standing.state is State.MISSING and len(own) == 1:
                self.taken.add(own[0].file)
                remark = f"文件读不出：{own[0].reason}（文件名里有这个单位的名称。）"
                standing = replace(standing, state=State.UNREADABLE, submission=own[0], remark=remark)
            found.append(standing)
        return found

    def is_named_for(self, file: str, body: Body, standings: Sequence[Standing]) -> bool:
        """Whether a file is named for a body, and for no other whose name is longer."""
        stem = plain(PurePosixPath(file).stem)
        own = core(body.name, self.places)

        def stands(words: str) -> bool:
            return len(words) > 2 and (words in stem or words in core(stem, self.places))

        if not (stands(own) or stands(plain(body.name))):
            return False
        longer = (core(s.name, self.places) for s in standings if s.body is not body)
        return not any(len(other) > len(own) and own in other and stands(other) for other in longer)

    # ── without ─────────────────────────────────────────────────────────────────────────────────────

    def by_title(self) -> list[Standing]:
        """Every body of which there is a report, by the names of their titles."""
        standings = []
        for key, files in self.by_core.items():
            self.taken.update(each.file for each in files)
            name = max((each.name for each in files), key=lambda name: (len(name), name))
            body = Body(name)
            if key == GOVERNMENT and len(self.by_core) > 1:
                body = replace(body, is_total=True, counted=False)
            standings.append(self.standing(body, files, None))
        standings.sort(key=lambda standing: standing.name)
        ends: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for key in sorted(self.by_core):
            ends[key[0], key[-1], *numbers_in(key)].append(key)
        groups = (keys for keys in ends.values() if len(keys) <= MOST_ALIKE)
        for one, other in (pair for keys in groups for pair in combinations(keys, 2)):
            if abbreviates(one, other):
                names = [self.by_core[key][0].name for key in (one, other)]
                self.questions.append(
                    f"“{names[0]}”和“{names[1]}”是不是同一个单位？现在各算一个。"
                    "是的，请做一份名单（--make-roster），只写一个，在“文件”（file）里写明它的报告。"
                )
        for each in self.reports:
            if each.file not in self.taken and not each.reason:
                self.questions.append(
                    f"文件“{each.file}”里没有找到报告的标题，不知道是哪个单位的，没有计入。"
                    "请做一份名单（--make-roster），在“文件”（file）里写明那个单位的报告。"
                )
        return [self.said_of_scope(standing, set()) for standing in standings]

    # ── one body ────────────────────────────────────────────────────────────────────────────────────

    def standing(self, body: Body, files: Sequence[Submission], given: Submission | None) -> Standing:
        """Where a body with these files stands."""
        if not files:
            return Standing(body, State.MISSING)
        choice = chosen(files, given, self.year)
        own = choice.submission
        if own is None:
            return Standing(body, State.ERRORS, None, choice.others, choice.remark)
        remarks = [choice.remark] if choice.remark else []
        if own.reason:
            return Standing(body, State.UNREADABLE, own, choice.others, f"文件读不出：{own.reason}")
        if given and own.name and core(own.name, self.places) != core(body.name, self.places):
            remarks.append(f"报告的标题写的是“{own.name}”，文件是名单里写明的。")
        unfit = self.why_not_added(own)
        if unfit:
            remarks.append(unfit)
        elif own.errors and body.is_added_up:
            remarks.append("报告有错误，合计里用的是现在的数。")
        return Standing(
            body,
            State.ERRORS if unfit or own.errors else State.OK,
            own,
            choice.others,
            "".join(remarks),
            is_added=body.is_added_up and not unfit,
            is_late=bool(body.deadline and datetime.fromtimestamp(own.modified).date() > body.deadline),
        )

    def why_not_added(self, chosen: Submission) -> str:
        """Why a report's figures are none of the area's sums; "" where they are."""
        if chosen.year is None:
            return "报告里没有找到年份，没有计入。"
        if chosen.year != self.year:
            return f"这是{chosen.year}年的报告，不是{self.year}年的，没有计入。"
        if chosen.format != self.format:
            return f"用的是{chosen.format}年格式的表，和其他单位的不同，没有计入。"
        return ""

    def said_of_scope(self, standing: Standing, including: set[str]) -> Standing:
        """With a word on why a report that is there is not added up."""
        body = standing.body
        if body.included_in:
            said = f"已含在“{body.included_in}”的汇总里，不另外相加。"
        elif body.is_total and not body.counted:
            said = "是汇总的报告，不和它包含的单位重复相加，没有计入。"
        elif not body.counted:
            said = "名单里写明不计入。"
        elif plain(body.name) in including:
            said = "它的数已包含名单里含在它里面的单位。"
        else:
            return standing
        return replace(standing, remark=standing.remark + said)


def _with_same_figures(standings: Sequence[Standing]) -> list[Standing]:
    """With a word on bodies whose figures are all the same: one under two names, or one that sent in another's."""
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for standing in standings:
        if standing.is_added and standing.submission:
            figures = tuple(standing.submission.figures.values())
            if len({*figures} - {"0"}) >= FEWEST_FIGURES:
                same[figures].append(standing.name)
    twins = {name: [each for each in names if each != name] for names in same.values() for name in names}
    return [
        replace(standing, remark=standing.remark + _same_said(others))
        if (others := twins.get(standing.name))
        else standing
        for standing in standings
    ]


def _same_said(others: Sequence[str]) -> str:
    shown = some([f"“{name}”" for name in others])
    return f"全部数据和{shown}的相同，各计了一次，请核对是不是同一个单位，或者交错了报告。"
