"""What the words around a claim leave open: another scope, another body, a part only, decisions only published."""

from __future__ import annotations

from ...patterns import regex
from .claim import Claim, is_for_another, is_result
from .headings import Heading
from .sentence import CLAUSE_END, Sentence

_BODY = regex(
    "^(?![在向对由与通经按根为同和据将把以])[^在向对由与通经按根据将把]*(?:办|办公室|局|委|委员会|厅|镇|乡|街道|中心|分局|部门|大队|支队|中队|所|(?<!法)院|政府|机构|单位|社区|公司)的?$"
)
"""Another body than the one whose report it is."""
PUBLISHED = "公开的文件不一定是本年制发的"
"""The doubt about documents of which only the publication is told."""


def qualified(sentence: Sentence, claim_: Claim, index: int, head: Heading, *, divided: bool) -> Claim:
    """The claim with the doubts that the words around it leave.

    ``divided`` says whether the text spoke of the same table before, so that 其中 may take a part of it.
    """
    clause = sentence.clause(index)
    weak, soft, alone = claim_.weak, claim_.soft, claim_.alone
    elsewhere = _is_subset(sentence, clause) or _is_of_others(sentence, index)
    form = sentence.figures.form
    if not form.tables[claim_.table].total_columns:
        weak = "" if sentence.said("decide", clause) else weak
        alone = alone and bool(weak) and not form.cells[claim_.cells[0]].decimal
        soft = soft or head.vague or _is_done_otherwise(sentence, claim_, head)
        if not sentence.said("decide", clause) and _is_published(sentence, index):
            soft = soft or sentence.figures.is_single(claim_) or bool(sentence.said("channel", clause))
            claim_ = claim_._replace(usual=sentence.figures.along(claim_))
            weak, alone = weak or PUBLISHED, False
    elif form.tables[claim_.table].groups and not form.tables[claim_.table].balance:
        elsewhere = elsewhere or _is_deciding(sentence, clause)
        if not (sentence.topic.disclosed or sentence.said("disclosure", _around(sentence, clause))):
            elsewhere = elsewhere or any(term.table != claim_.table for term in head.terms)
            elsewhere = elsewhere or bool(sentence.said("legal", range(sentence.first, sentence.end)))
            weak, alone = weak or "没有写明是政府信息公开引起的", True
    scope = sentence.scope(index)
    if scope:
        soft = soft or claim_.alone  # a doubtful word of another scope says nothing
        weak, alone = f"前面说的是“{scope}”，统计范围可能与表格不同", False
    elif head.modifier and not sentence.is_own(head.modifier):
        apart = head.passive or head.sort or is_for_another(head)
        elsewhere = elsewhere or apart
        weak, alone = weak or f"“{head.modifier}”可能限定了范围", True
    part = divided or bool(form.tables[claim_.table].balance)
    inherited = not any(term.subject and not is_result(form, term) for term in head.terms)
    elsewhere = elsewhere or (inherited and sentence.topic.loose)
    sentence.topic.loose = elsewhere
    soft = soft or elsewhere or (part and _is_rest(sentence, claim_, index) and _counts_all(sentence, claim_))
    return claim_._replace(weak=weak, soft=soft, alone=alone, last=sentence.time == "last")


def _around(sentence: Sentence, clause: range) -> range:
    """The clause with what stands after its number: 1件涉及政府信息公开工作的行政复议."""
    end = next(
        (i for i in sentence.after(clause.stop) if sentence.tokens[i].text in CLAUSE_END), sentence.end
    )
    return range(clause.start, end)


def _is_deciding(sentence: Sentence, clause: range) -> bool:
    """Whether the body itself decides the cases, which nobody says are about its own disclosure: 主办的行政复议案件."""
    return bool(sentence.said("deciding", clause)) and not sentence.said("disclosure", clause)


def is_divided(sentence: Sentence, index: int) -> bool:
    """Whether it divides the number before it: 其中2件."""
    numbers = [i for i in range(sentence.first, index) if sentence.tokens[i].number]
    return bool(numbers and sentence.said("whole", range(numbers[-1], index)))


def _is_rest(sentence: Sentence, claim_: Claim, index: int) -> bool:
    """Whether it is introduced as a part of what was told: 其中2件申请, 另有2件, 有2件申请."""
    if sentence.said("rest", sentence.clause(index)):
        return True
    before = sentence.tokens[index - 1] if index > sentence.first else None
    if before is None or not before.of("some"):
        return before is not None and before.of("whole") and not before.of("respective")
    if not sentence.figures.form.tables[claim_.table].balance:
        return False
    return index - 1 == sentence.first or sentence.tokens[index - 2].text in CLAUSE_END


def _counts_all(sentence: Sentence, claim_: Claim) -> bool:
    """Whether it counts all requests received or processed, or all cases, of which a part is no claim."""
    form = sentence.figures.form
    table = form.tables[claim_.table]
    cells = [form.cells[cell] for cell in claim_.cells]
    rows = table.balance[:3:2] or tuple(table.rows)
    return all(cell.row in rows and cell.column in table.total_columns for cell in cells)


def _is_published(sentence: Sentence, index: int) -> bool:
    """Whether decisions or documents are said to be made public, not made: 公开信息，其中行政许可42条."""
    for i in range(index - 1, sentence.first - 1, -1):
        token = sentence.tokens[i]
        if token.of("decide") or any(term.generic and term.columns and not term.weak for term in token.terms):
            return False
        if token.of("publish"):
            return True
    return False


def _is_done_otherwise(sentence: Sentence, claim_: Claim, head: Heading) -> bool:
    """Whether what was done with documents is not what the columns count: 修改规章2件."""
    cell = sentence.figures.form.cells[claim_.cells[0]]
    several = not sentence.figures.form.tables[claim_.table].rows[cell.row].is_single
    other = bool(head.modifier) and not sentence.is_own(head.modifier)
    return several and other and not any(term.columns for term in head.terms)


def _is_of_others(sentence: Sentence, index: int) -> bool:
    """Whether the body last named at the beginning of a clause is another one: 县住建局2023年收到…."""
    other = False
    for i in range(sentence.first, index):
        token = sentence.tokens[i]
        if sentence.in_brackets(i, index):
            continue
        starts = (
            i == sentence.first
            or bool(sentence.tokens[i - 1].year)
            or sentence.tokens[i - 1].text in CLAUSE_END
        )
        if token.of("own"):
            other = False
        elif starts and token.unknown and _BODY.search(token.text):
            other = not sentence.is_own(token.text)
    return other


def _is_subset(sentence: Sentence, clause: range) -> bool:
    """Whether only some are counted (涉及土地的申请), and not those of a row (涉及国家秘密)."""
    for i in clause:
        if sentence.tokens[i].of("subset"):
            of = next(
                (t for t in sentence.tokens[i + 1 :] if t.of("disclosure") or not (t.blank or t.of("fill"))),
                None,
            )
            return of is None or not (of.of("disclosure") or any(t.rows or t.columns for t in of.terms))
    return False
