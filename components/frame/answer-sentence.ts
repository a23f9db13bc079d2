import { formatDuration } from "#components/ui/duration.ts";
import { formatCount, formatCountOf } from "#components/ui/number-format.ts";
import { joinWords } from "#components/ui/words.ts";
import type { CompactBoardJson } from "#domain/api/board.ts";
import type { VerdictState } from "#domain/verdict.ts";

/** The input: a board without its rows. */
export type BoardSummary = Pick<
  CompactBoardJson,
  "incidents" | "counts" | "alertedTypes" | "datacenters" | "lateSince"
>;

/** Words, or an instant shown in the reader's zone. */
export type AnswerPart = string | { at: string };

/** The state of ingest: fine, nothing ever yet, nothing for this many seconds, or fine with judging this far behind. */
export type Hearing = "well" | "never" | number | { unjudged: number };

/**
 * The board in a few sentences. An open incident comes first, in its own words; then "3 of 512 types late, the first since 13:04,
 * all held up by sjc. 2 incomplete." "Since" is the earliest missed deadline of an open hour; the trouble behind it began
 * earlier, and its start is the incident's. While ingest is down it never says that all is well.
 */
export function answerSentence(board: BoardSummary, hearing: Hearing): AnswerPart[] {
  const incidents = incidentSentence(board.incidents);
  const others = typesSentence(board, hearing);
  return incidents === "" || countOf(board) === 0 ? others : [incidents, ...others];
}

/** The same without what the incidents say, which the board shows above it. */
export function typesSentence(board: BoardSummary, hearing: Hearing): AnswerPart[] {
  const { incidents, counts, alertedTypes, datacenters, lateSince } = board;
  const total = countOf(board);
  if (total === 0) return ["No event types claimed yet."];
  const count = (state: VerdictState) => counts[state] ?? 0;
  const late = count("late");
  const parts: AnswerPart[] = [];
  if (late > 0) {
    const since = late > 1 ? [", the first since ", { at: lateSince ?? "" }] : [" since ", { at: lateSince ?? "" }];
    parts.push(`${ofTypes(late, total)} late`, ...(lateSince === null ? [] : since), `${heldUpBy(late, datacenters)}.`);
  }
  const others = [
    count("incomplete") > 0 && `${formatCount(count("incomplete"))} incomplete`,
    count("overcounted") > 0 && `${formatCount(count("overcounted"))} overcounted`,
    count("unverified") > 0 && `${formatCount(count("unverified"))} unverified`,
  ].filter((part) => part !== false);
  if (others.length > 0) {
    const [first = "", ...rest] = others;
    const list =
      late > 0 ? others : [first.replace(/^\S+/, (figure) => `${figure} of ${formatCount(total)} types`), ...rest];
    parts.push(`${late > 0 ? " " : ""}${joinWords(list)}.`);
  }
  if (parts.length === 0)
    return [calmSentence(total, { alerted: alertedTypes, hearing, isCalm: incidents.length === 0 })];
  if (alertedTypes > 0)
    parts.push(` ${alertedTypes === 1 ? "1 type has" : `${formatCount(alertedTypes)} types have`} an alert.`);
  return parts;
}

function countOf({ counts }: BoardSummary): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The most urgent one's own sentence, and how many more there are; "" without one. */
function incidentSentence([first, ...others]: BoardSummary["incidents"]): string {
  if (!first) return "";
  const more = others.length === 0 ? "" : ` ${formatCountOf(others.length, "more open incident")}.`;
  return `${first.sentence}${more} `;
}

interface Calm {
  alerted: number;
  hearing: Hearing;
  /** No incident is open. */
  isCalm: boolean;
}

/** Nothing is late, but a page went out for what may become late: both go in one sentence. */
function calmSentence(total: number, { alerted, hearing, isCalm }: Calm): string {
  const types = total === 1 ? "1 type" : `${formatCount(total)} types`;
  if (hearing === "never") return `${types} claimed; no reports received yet.`;
  const all = total === 1 ? "The one type" : `All ${types}`;
  const verb = (now: boolean) => (total === 1 ? (now ? "is" : "was") : now ? "are" : "were");
  if (hearing === "well" && !isCalm) {
    const none = total === 1 ? "The one type is not late" : `None of ${types} is late`;
    return `${none} yet${alertedClause(total, alerted)}.`;
  }
  if (hearing === "well") {
    return `${all} ${verb(true)} on time${alertedClause(total, alerted)}.`;
  }
  if (typeof hearing === "object") {
    return `${all} ${verb(false)} on time when Tidemark last judged, ${formatDuration(hearing.unjudged)} ago.`;
  }
  return `${all} ${verb(false)} on time when Tidemark last received a report, ${formatDuration(hearing)} ago.`;
}

function alertedClause(total: number, alerted: number): string {
  if (alerted === 0) return "";
  if (total === 1) return ", with an alert";
  return alerted === total
    ? "; all have an alert"
    : `; ${formatCount(alerted)} ${alerted === 1 ? "has" : "have"} an alert`;
}

function ofTypes(part: number, total: number): string {
  return `${formatCount(part)} of ${formatCount(total)} ${total === 1 ? "type" : "types"}`;
}

function heldUpBy(late: number, datacenters: BoardSummary["datacenters"]): string {
  const holding = datacenters.filter((datacenter) => datacenter.lateTypes > 0);
  const [worst] = [...holding].sort((one, other) => other.lateTypes - one.lateTypes);
  if (!worst) return "";
  if (holding.length === 1 && worst.lateTypes >= late) return `${late > 1 ? ", all" : ","} held up by ${worst.name}`;
  if (holding.length === 1) return `, ${formatCount(worst.lateTypes)} of them held up by ${worst.name}`;
  return `, held up by ${joinWords(holding.map((datacenter) => `${datacenter.name} (${formatCount(datacenter.lateTypes)})`))}`;
}
