/**
 * The shapes of what the server and the page exchange. No code: the other modules name these types.
 *
 * A cell is named by its key, such as `requests.granted.natural`; a figure is the text that is printed, "" what is
 * not filled in. Places in a text are counted in the printed paragraph, so that `text.slice(start, end)` is the words.
 *
 * @typedef {{kind: "head"|"row"|"group"|"text"|"note"|"figure", text: string, colspan: number, rowspan: number,
 *   head: boolean, cell: string|null, unit: string}} TableCell
 * @typedef {{key: string, name: string, heading: string, widths: number[], rows: {cells: TableCell[]}[]}} Table
 *
 * @typedef {"agrees"|"differs"|"unread"|"bound"} SpanState
 * @typedef {{start: number, end: number, state: SpanState, cells: string[], says: string,
 *   candidates: string[]}} Span
 * @typedef {{kind: "heading"|"text", level: number, text: string, line: number|null, spans: Span[],
 *   leads: number}} Paragraph
 * @typedef {{source: string, text: string, bound: boolean, says: string}} Piece
 * @typedef {{key: string, table: string|null, name: string, heading: string|null, source: string, editable: boolean,
 *   paragraphs: Paragraph[], pieces: Piece[]|null}} Part  where `table` is given, only the place of a table
 *
 * @typedef {"error"|"warning"|"note"} Severity
 * @typedef {{id: string, rule: string, title: string, severity: Severity, text: string, advice: string, cells: string[],
 *   part: string|null, paragraph: number|null, start: number|null, end: number|null, line: number|null,
 *   fix: {label: string}|null, can_waive: boolean}} Finding
 * @typedef {{rule: string, mark: string, text: string, place: string, reason: string, by: string, line: number|null}} Waived
 * @typedef {{checked: boolean, text: string}} Remark
 * @typedef {{error: number, warning: number, note: number, unfilled: number}} Summary
 *
 * @typedef {{cell: string, label: string, last: string, now: string, difference: string|number}} Changed
 * @typedef {{key: string, label: string, value: string, help: string}} Field
 * @typedef {{number: number, draft: number|string, author: string, kind: string, place: string, words: string,
 *   said: string, text: string, replies: string[], state: string, reason: string, open: boolean, is_comment: boolean,
 *   at: string}} Opinion  `at` is the key of its cell or its part
 * @typedef {{line: number, text: string, why: string, how: string, corrected: string|null,
 *   at: number}} FaultyLine
 * @typedef {{question: string, place: string, base: string, ours: string, theirs: string,
 *   cell: string|null, part: string|null}} ConflictItem  a place that both sides changed
 *
 * @typedef {object} Report
 * @property {string} id
 * @property {string} hash  of the file the page has: sent with every change
 * @property {string} file
 * @property {string} agency
 * @property {number} year
 * @property {string} format
 * @property {string} title
 * @property {Table[]} tables
 * @property {Object<string, string>} labels
 * @property {Object<string, string>} help
 * @property {Object<string, string>} figures
 * @property {Object<string, string>|null} last
 * @property {number|null} last_year
 * @property {string|null} last_file
 * @property {Object<string, string[]>|null} last_texts
 * @property {string[]} computed
 * @property {Object<string, string>} expected
 * @property {Object<string, string>} wrong
 * @property {{label: string, left: string[], right: string[], holds: boolean|null, text: string}[]} sums
 * @property {Changed[]} changed_most
 * @property {Part[]} parts  in the order of the report
 * @property {Finding[]} findings
 * @property {Object<string, {title: string, text: string, source: string}>} rules
 * @property {Waived[]} waived
 * @property {Remark[]} remarks
 * @property {Summary} summary
 * @property {Field[]} agency_fields
 * @property {Field[]} publication_fields
 * @property {Opinion[]} opinions
 * @property {Returned[]} returned  the files that came back, the last one last
 * @property {{lines: FaultyLine[], can_mend: boolean}|null} syntax
 * @property {{items: ConflictItem[]}|null} conflict
 * @property {boolean} saved
 * @property {string} trouble  why the file could not be written
 * @property {boolean} can_undo
 * @property {boolean} can_redo
 *
 * @typedef {{id: string, file: string, agency: string, year: number|null, format: string, unfilled: number,
 *   errors: number, warnings: number, draft: number|null, final: boolean, problem: string|null}} ListedReport
 * @typedef {{folder: string, single: string|null, reports: ListedReport[],
 *   others: {id: string, file: string, kind: string}[], can_collate?: boolean}} Folder
 *
 * @typedef {{place: string, old: string, new: string, cell: string|null, part: string|null}} Difference  what a published
 *   file says otherwise: `old` is the report's
 * @typedef {{id: string, place: string, old: string, new: string, by: string, kind: string, state: string,
 *   cell: string|null, part: string|null, numbers: number[]}} ReturnedChange  `numbers` are those of the ledger
 * @typedef {{name: string, draft: string, changes: ReturnedChange[], title: [string, string]|null,
 *   conflicts: {place: string, base: string, theirs: string, mine: string, why: string}[],
 *   unknown: string[], token: string}} Returned
 */
export {};
