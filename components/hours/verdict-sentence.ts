import { formatDuration, formatTerm, secondsBetween } from "#components/ui/duration.ts";
import { formatCount, formatCountOf, formatShare } from "#components/ui/number-format.ts";
import { capitalize, joinWords } from "#components/ui/words.ts";
import type { VerdictJson, VerdictSummaryJson } from "#domain/api/verdict.ts";

/** A verdict for those who read only one sentence. It starts with the state. */
export function verdictSentence(verdict: VerdictJson): string {
  const amended = verdict.amended ? ` Amended: this is revision ${verdict.revision}.` : "";
  return `${capitalize(verdict.state)}. ${stateSentence(verdict)}${amended}`;
}

function stateSentence(verdict: VerdictJson): string {
  switch (verdict.state) {
    case "open":
      return openSentence(secondsBetween(verdict.asOf, verdict.endsAt));
    case "closing":
      return `${waitingFor(verdict)}; ${formatDuration(secondsBetween(verdict.asOf, verdict.deadlineAt))} left until the deadline.`;
    case "late":
      return `${waitingFor(verdict)}; the deadline passed ${formatDuration(secondsBetween(verdict.deadlineAt, verdict.asOf))} ago.`;
    case "complete":
      return `${arrived(verdict)}, ${closing(verdict)}.`;
    case "verifying":
      return `${capitalize(closing(verdict))}; ${stillOff(verdict)}; the counts may still change.`;
    case "unverified":
      return `${capitalize(closing(verdict))}, but ${unknownCounts(unknownNames(verdict))}, so losses are unknown.`;
    case "incomplete":
      return `${formatCount(verdict.lost)} of ${formatCountOf(verdict.produced, "event")} ${verdict.lost === 1 ? "was" : "were"} lost (${formatShare(verdict.lost / Math.max(1, verdict.produced))})${whereFrom(verdict, "lost")}; ${closing(verdict)}.`;
    case "overcounted":
      return `${formatCountOf(verdict.duplicated, "event")} ${verdict.duplicated === 1 ? "was" : "were"} duplicated${whereFrom(verdict, "duplicated")}; ${closing(verdict)}.`;
  }
}

function openSentence(untilEndSeconds: number): string {
  const untilStart = untilEndSeconds - 3600;
  return untilStart > 0
    ? `The hour begins in ${formatDuration(untilStart)}.`
    : `The hour ends in ${formatDuration(untilEndSeconds)}.`;
}

/** "closed 13 min after the hour; within its promise of 2 h", or what applies instead. */
function closing(verdict: VerdictJson): string {
  if (verdict.closedAt === null || verdict.closingDelaySeconds === null) return "not closed";
  // An hour may be closed by a mark reported before its end.
  const delay =
    verdict.closingDelaySeconds < 0
      ? "before its end"
      : `${formatDuration(verdict.closingDelaySeconds)} after the hour`;
  const promised = formatTerm(promiseSeconds(verdict));
  if (verdict.deadlineMet !== false) return `closed ${delay}; within the deadline of ${promised}`;
  const over = formatDuration(secondsBetween(verdict.deadlineAt, verdict.closedAt));
  return `closed ${delay}; ${over} past the deadline of ${promised}`;
}

export function promiseSeconds(verdict: Pick<VerdictSummaryJson, "endsAt" | "deadlineAt">): number {
  return secondsBetween(verdict.endsAt, verdict.deadlineAt);
}

function arrived({ produced, completeness, lost }: VerdictJson): string {
  if (produced === 0) return "No events produced";
  const here = produced - lost;
  if (here === produced) return `All ${formatCountOf(produced, "event")} delivered`;
  return `${formatCount(here)} of ${formatCountOf(produced, "event")} (${formatShare(completeness ?? here / produced)}) delivered`;
}

function stillOff(verdict: VerdictJson): string {
  const parts = [
    verdict.lost > 0 && `${formatCount(verdict.lost)} still missing`,
    verdict.duplicated > 0 && `${formatCount(verdict.duplicated)} too many`,
    unknownNames(verdict).length > 0 && unknownCounts(unknownNames(verdict)),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(", ") : "the counts do not agree yet";
}

function waitingFor({ datacenters }: VerdictJson): string {
  const waiting = datacenters.filter((datacenter) => !datacenter.closed).map(({ name }) => name);
  const closed = datacenters.length - waiting.length;
  if (datacenters.length === 0) return "No datacenter is expected (claim one in the catalogue)";
  if (closed === 0 && waiting.length > 1) return `None of ${waiting.length} datacenters has closed it`;
  if (closed === 0) return `${waiting[0]} has not closed it`;
  return `${closed} of ${datacenters.length} datacenters ${closed === 1 ? "has" : "have"} closed it, waiting for ${joinWords(waiting)}`;
}

function unknownNames({ datacenters }: VerdictJson): string[] {
  return datacenters.filter((datacenter) => !datacenter.known).map(({ name }) => name);
}

/** Whether none or only some of its reporters reported, it is unknown. */
function unknownCounts(names: readonly string[]): string {
  return names.length === 1
    ? `${names[0]}'s produced count is unknown`
    : `the produced counts of ${joinWords(names)} are unknown`;
}

function whereFrom({ datacenters }: VerdictJson, figure: "lost" | "duplicated"): string {
  const from = datacenters.filter((datacenter) => datacenter[figure] > 0);
  if (from.length === 0 || datacenters.length < 2) return "";
  if (from.length === 1) return `, all in ${from[0]?.name}`;
  const most = [...from].sort((one, other) => other[figure] - one[figure]).slice(0, 3);
  return `, ${from.length > 3 ? "most " : ""}in ${joinWords(most.map((datacenter) => `${datacenter.name} (${formatCount(datacenter[figure])})`))}`;
}
