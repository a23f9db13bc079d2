import type { SloItemJson } from "../../api/slo.ts";
import type { SloDigestJson } from "../../api/slo-digest.ts";
import type { SloReport } from "../../api/slo-report.ts";
import { formatCount, formatCountOf } from "../../figures.ts";
import { formatPercent } from "../../percent.ts";
import { type Measure, measures } from "../../slo-measures.ts";
import { badText, budgetText, measureTitles, objectivesText } from "../budget-words.ts";
import { causeRowText } from "../cause-rows.ts";
import { causeSentence } from "../cause-sentence.ts";
import { blameText, daysText, changeText as restatedText, typesText } from "../change-words.ts";
import { incidentSentence, leadText, said } from "../incident-words.ts";
import { formatPoints } from "../points.ts";
import { reportSentence } from "../report-sentence.ts";
import { dayName, pastRecordsText, periodName } from "../slo-words.ts";
import { digestSubject } from "./digest-subject.ts";

/** A mail is read in a minute: the page has the rest. */
const ownersShown = 20;
const incidentsShown = 5;
const restatementsShown = 5;
const excusesShown = 5;

/** A month's report as a mail. Every figure is the report's; only words are added. */
export function writeDigest(report: SloReport, askedBy: string | null): SloDigestJson {
  const { period, filter, total, tiers, owners, incidents, restatements } = report;
  const before = report.months.at(-2);
  const previous = before && before.total.hours.due > 0 && total.hours.due > 0 ? before : null;
  const items = incidents.items.slice(0, incidentsShown);
  const excuses = report.excuses.filter(({ state }) => state === "active");
  return {
    month: period.name,
    filter: { ...(filter.tier && { tier: filter.tier }), ...(filter.owner && { owner: filter.owner }) },
    subject: `${digestSubject(report)}${askedBy === null ? "" : " (requested)"}`,
    title: `Service levels, ${periodName(period)}`,
    answer: reportSentence(report),
    standing: standingOf(report),
    askedBy,
    previous: previous && periodName(previous.period),
    promises: measures.map((measure) => promiseOf(measure, total)),
    tiers: tiers.map(groupOf),
    owners: owners.toSorted(mostLateFirst).slice(0, ownersShown).map(groupOf),
    moreOwners: Math.max(0, owners.length - ownersShown),
    worst: report.worst.map(({ item, causes }) => ({
      name: item.name,
      whose: `${item.tier} tier, ${item.owner}`,
      figures: worstText(item),
      status: item.timeliness.status,
      causes: causes.map(causeSentence),
    })),
    causes: report.causes.rows.map(causeRowText),
    incidents: {
      sentence: incidentSentence(incidents),
      items: items.map((incident) => ({
        id: incident.id,
        title: incident.title,
        openedAt: incident.openedAt,
        noticed: said(incident.detectSeconds),
        acknowledged: said(incident.acknowledgeSeconds),
        resolved: said(incident.resolveSeconds),
        lead: leadText(incident.leadSeconds),
        lateHours: `${formatCount(incident.lateHours)} of ${formatCount(incident.hours)}`,
      })),
      more: incidents.count - items.length,
    },
    restatements: restatements
      .slice(0, restatementsShown)
      .map(
        (restatement) =>
          `${typesText(restatement.eventTypes)}, ${daysText(restatement.days)}: ${restatedText(restatement)}, ${blameText(restatement)}.`,
      ),
    moreRestatements: report.moreRestatements || restatements.length > restatementsShown,
    excuses: excuses
      .slice(0, excusesShown)
      .map(({ scope, from, to, reason, createdBy }) => `${scope}, ${from} to ${to} UTC: ${reason} (${createdBy})`)
      .concat(excuses.length > excusesShown ? [`and ${excuses.length - excusesShown} more`] : []),
  };
}

function standingOf({ period, total, filter, freezesAt, asOf }: SloReport): string {
  const types = formatCountOf(total.types, "event type");
  const scope = [filter.tier && `tier ${filter.tier}`, filter.owner && `owner ${filter.owner}`].filter(Boolean);
  const all = total.types === 1 ? "1 event type" : `All ${types}`;
  const past = total.pastRecords > 0 ? `. ${pastRecordsText(total.pastRecords)}` : "";
  const whose = `${scope.length > 0 ? `${types} of ${scope.join(", ")}` : all}${past}`;
  if (total.frozenAt) {
    const since = total.restated ? ", and restated since" : "";
    return `${whose}. Frozen on ${dayName(total.frozenAt, true)}${since}.`;
  }
  const until = freezesAt && freezesAt > asOf ? ` until ${dayName(freezesAt, true)}` : "";
  return `${whose}. ${period.name >= asOf.slice(0, 7) ? "The month has not ended" : "Not frozen yet"}: its figures may change${until}.`;
}

function promiseOf(measure: Measure, total: SloItemJson) {
  const { basis, objective, status, change, parts, [basis]: share } = total[measure];
  return {
    measure,
    title: measureTitles[measure],
    attained: percent(share.attainment),
    objective: percent(objective),
    status,
    bad: share.counted > 0 ? badText(measure, total[measure]) : "no hours counted",
    budget: share.counted > 0 ? budgetText(share) : null,
    before: changeText(change),
    parts: parts.map((part) => ({
      tier: part.tier,
      attained: percent(part.attainment),
      objective: percent(part.objective),
      status: part.status,
      budget: part.counted > 0 ? budgetText(part) : null,
    })),
  };
}

function groupOf(item: SloItemJson) {
  const { objective, parts } = item.timeliness;
  return {
    name: item.name,
    types: item.types,
    onTime: percent(item.timeliness.hours.attainment),
    objective: parts.length > 0 ? objectivesText(parts) : percent(objective),
    status: item.timeliness.status,
    complete: percent(item.completeness.hours.attainment),
    inTheirHour: percent(item.skew.events.attainment),
    before: changeText(item.timeliness.change),
  };
}

function changeText(change: number | null): string | null {
  return change === null ? null : formatPoints(change);
}

function worstText({ timeliness, completeness }: SloItemJson): string {
  const { attainment } = timeliness.hours;
  const against = timeliness.objective === null ? "" : ` against ${formatPercent(timeliness.objective)}`;
  const onTime = attainment === null ? "" : `${formatPercent(attainment)} on time${against}: `;
  const incomplete = completeness.hours.bad;
  return `${onTime}${badText("timeliness", timeliness)}${incomplete > 0 ? `, ${formatCount(incomplete)} not complete` : ""}.`;
}

function percent(value: number | null): string | null {
  return value === null ? null : formatPercent(value);
}

function mostLateFirst(a: SloItemJson, b: SloItemJson): number {
  return b.timeliness.hours.bad - a.timeliness.hours.bad || b.completeness.hours.bad - a.completeness.hours.bad;
}
