import type { ConsumerFiguresJson } from "#domain/api/consumers.ts";
import type { KnownFigures } from "#domain/subscription.ts";
import { completenessOf, type VerdictState } from "#domain/verdict.ts";

/** What a consumer knows of an hour, as columns to write. */
export const knownColumns = {
  state: "text",
  ready: "bool",
  known: "bool",
  produced: "bigint",
  delivered: "bigint",
  lost: "bigint",
  duplicated: "bigint",
} as const;

/** Needs the table `subscription_message` as `m`. */
export const messageColumns = `
  m.state, m.ready, m.known, m.produced, m.delivered, m.lost, m.duplicated, m.before_state AS "beforeState",
  m.before_ready AS "beforeReady", m.before_known AS "beforeKnown", m.before_produced AS "beforeProduced",
  m.before_delivered AS "beforeDelivered", m.before_lost AS "beforeLost", m.before_duplicated AS "beforeDuplicated"`;

/** Row of `messageColumns`. */
export interface MessageFigures extends KnownFigures {
  beforeState: VerdictState | null;
  beforeReady: boolean;
  beforeKnown: boolean;
  beforeProduced: bigint;
  beforeDelivered: bigint;
  beforeLost: bigint;
  beforeDuplicated: bigint;
}

/** Figures before and after the change that a message reports. */
export function readFigures(row: MessageFigures): { before: KnownFigures | null; after: KnownFigures } {
  const { state, ready, known, produced, delivered, lost, duplicated } = row;
  const before = row.beforeState && {
    state: row.beforeState,
    ready: row.beforeReady,
    known: row.beforeKnown,
    produced: row.beforeProduced,
    delivered: row.beforeDelivered,
    lost: row.beforeLost,
    duplicated: row.beforeDuplicated,
  };
  return { before, after: { state, ready, known, produced, delivered, lost, duplicated } };
}

export function toConsumerFigures({ state, ready, known, ...counts }: KnownFigures): ConsumerFiguresJson {
  const { produced, delivered, lost, duplicated } = counts;
  return {
    state,
    ready,
    produced: Number(produced),
    delivered: Number(delivered),
    lost: Number(lost),
    duplicated: Number(duplicated),
    completeness: known ? completenessOf(produced, lost) : null,
  };
}
