import { datacenterMatcher, silenceHref, typeMatcher } from "#components/alerts/incident-matchers.ts";
import type { Action } from "./actions.ts";
import { type DayPhrase, readDayPhrase, readHourPhrase } from "./hour-phrase.ts";

export interface SearchResult {
  /** Its target, or its action. */
  act: Action["act"];
  /** Kind and label identify it. */
  label: string;
  /** Its description, in a word or two. */
  detail: string;
  kind: "hour" | "type" | "day" | "datacenter" | "incident" | "alert" | "page" | "action";
}

/** Everything searchable: the names known now. */
export interface SearchIndex {
  types: readonly { name: string; owner: string | null; tier: string | null }[];
  datacenters: readonly { name: string; displayName: string | null }[];
  incidents: readonly { id: string; title: string; state: string }[];
  alerts: readonly { fingerprint: string; summary: string; rule: string; state: string; incidentId: string | null }[];
  pages: readonly { href: string; name: string }[];
  actions: readonly Action[];
}

const perKind = 6;

/** The matches, best first within each kind; an hour in the query comes first. */
export function findResults(index: SearchIndex, text: string, now: Date): SearchResult[] {
  const phrase = readHourPhrase(text, now);
  const words = (phrase?.rest ?? text).trim();
  const types = best(index.types, words, ({ name }) => name);
  const hours = phrase === null ? [] : types.map(({ name }) => hourResult(name, phrase.hour));
  if (phrase !== null) return hours;
  const day = readDayPhrase(words, now);
  const days =
    day === null ? [] : best(index.types, day.rest, ({ name }) => name).map(({ name }) => dayResult(name, day));
  return [
    ...types.map(({ name, owner, tier }) => ({
      kind: "type" as const,
      act: `/event-types/${encodeURIComponent(name)}`,
      label: name,
      detail: owner === null ? "discovered, not claimed" : `${tier} tier, ${owner}`,
    })),
    ...days,
    ...best(index.incidents, words, ({ title }) => title).map(({ id, title, state }) => ({
      kind: "incident" as const,
      act: `/alerts/incidents/${id}`,
      label: title,
      detail: `incident, ${state}`,
    })),
    ...best(index.alerts, words, ({ summary, rule }) => `${rule} ${summary}`).map(
      ({ fingerprint, summary, rule, state, incidentId }) => ({
        kind: "alert" as const,
        act: `${incidentId === null ? "/alerts" : `/alerts/incidents/${incidentId}`}#alert-${fingerprint}`,
        label: summary,
        detail: `${rule}, ${state}`,
      }),
    ),
    ...best(index.datacenters, words, ({ name, displayName }) => `${name} ${displayName ?? ""}`).map(
      ({ name, displayName }) => ({
        kind: "datacenter" as const,
        act: `/datacenters/${encodeURIComponent(name)}`,
        label: name,
        detail: displayName ?? "datacenter",
      }),
    ),
    ...best(index.pages, words, ({ name }) => name).map(({ href, name }) => ({
      kind: "page" as const,
      act: href,
      label: name,
      detail: "page",
    })),
    ...silences(index, words),
    ...best(index.actions, words, ({ name }) => name).map(({ name, detail, act }) => ({
      kind: "action" as const,
      act,
      label: name,
      detail,
    })),
  ];
}

/** "silence" and a type or a datacenter: silence its alerts. */
function silences(index: SearchIndex, words: string): SearchResult[] {
  const named = /^silence\s+(\S.*)$/i.exec(words)?.[1];
  if (named === undefined) return [];
  const silence = (name: string, matcher: string): SearchResult => ({
    kind: "action",
    act: silenceHref([matcher]),
    label: `Silence ${name}`,
    detail: "with a reason and an end time",
  });
  return [
    ...best(index.types, named, ({ name }) => name).map(({ name }) => silence(name, typeMatcher(name))),
    ...best(index.datacenters, named, ({ name, displayName }) => `${name} ${displayName ?? ""}`).map(({ name }) =>
      silence(name, datacenterMatcher(name)),
    ),
  ];
}

function hourResult(name: string, hour: string): SearchResult {
  const act = `/event-types/${encodeURIComponent(name)}/hours/${hour}`;
  return { kind: "hour", act, label: `${name} ${hour}`, detail: "hour" };
}

function dayResult(name: string, { from, to }: DayPhrase): SearchResult {
  const act = `/event-types/${encodeURIComponent(name)}?from=${from}&to=${to}`;
  return { kind: "day", act, label: `${name} ${from.slice(0, 10)}`, detail: "24 hours" };
}

function best<Item>(items: readonly Item[], words: string, nameOf: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, name: nameOf(item), score: scoreOf(nameOf(item), words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || (one.name < other.name ? -1 : 1))
    .slice(0, perKind)
    .map(({ item }) => item);
}

/** 0: no match. The name itself, its beginning, a word's beginning, its initials ("es" for EndSong), anywhere. */
export function scoreOf(name: string, words: string): number {
  const wanted = words.toLowerCase();
  const lower = name.toLowerCase();
  if (wanted === "") return 1;
  if (lower === wanted) return 6;
  if (lower.startsWith(wanted)) return 5;
  const parts = name.split(/(?<=[a-z\d])(?=[A-Z])|[\s._-]+/);
  if (parts.some((part) => part.toLowerCase().startsWith(wanted))) return 4;
  if (
    parts
      .map((part) => part.charAt(0).toLowerCase())
      .join("")
      .startsWith(wanted)
  )
    return 3;
  if (lower.includes(wanted)) return 2;
  return wanted.split(/\s+/).every((word) => lower.includes(word)) ? 1 : 0;
}
