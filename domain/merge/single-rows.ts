import type { BacklogMessage, DeploymentMessage, HeartbeatMessage, Message } from "../protocol/messages.ts";
import { compareRows, type Sortable } from "./compare.ts";

export interface SingleRow<Each extends Message, Row> {
  key(message: Each): readonly (string | number)[];
  row(message: Each): Row;
  /** Of two rows with one key. */
  keep(a: Row, b: Row): Row;
}

function single<Each extends Message, Row>({
  keeps,
  order,
  ...rest
}: Omit<SingleRow<Each, Row>, "keep"> & {
  keeps: "largest" | "smallest";
  order: (row: Row) => readonly Sortable[];
}): SingleRow<Each, Row> {
  const sign = keeps === "largest" ? 1 : -1;
  return { ...rest, keep: (a, b) => (sign * compareRows(order(a), order(b)) >= 0 ? a : b) };
}

/** The kinds of which a message is one row, in the order in which their tables are written. Null sorts below everything. */
export const singleRows = {
  heartbeat: single({
    key: ({ dc, component, instance }: HeartbeatMessage) => [dc, component, instance],
    row: ({ kind, source, id, ...row }: HeartbeatMessage) => row,
    keeps: "largest",
    order: ({ time, version, startedAt }) => [time, version, startedAt],
  }),
  /** One (source, id) is one deployment: if two messages differ, any rule that ignores their order will do. */
  deployment: single({
    key: ({ source, id }: DeploymentMessage) => [source, id],
    row: ({ kind, ...row }: DeploymentMessage) => row,
    keeps: "smallest",
    order: ({ time, component, version, dc, deployedBy, url }) => [time, component, version, dc, deployedBy, url],
  }),
  backlog: single({
    // No name is empty, so "" can be the key of "no datacenter".
    key: ({ eventType, dc, stage }: BacklogMessage) => [eventType, dc ?? "", stage],
    row: ({ kind, source, id, ...row }: BacklogMessage) => row,
    keeps: "largest",
    order: ({ time, oldestAgeSeconds, messages }) => [time, oldestAgeSeconds, messages],
  }),
};

export type SingleKind = keyof typeof singleRows;
export type SingleRowOf<Kind extends SingleKind> = ReturnType<(typeof singleRows)[Kind]["row"]>;
export type SingleRows = { readonly [Kind in SingleKind]: ReadonlyMap<string, SingleRowOf<Kind>> };

export const singleKinds = Object.keys(singleRows) as SingleKind[];

export function ofEachSingle(
  rowsOf: (kind: SingleKind, single: SingleRow<Message, unknown>) => ReadonlyMap<string, unknown>,
): SingleRows {
  return Object.fromEntries(singleKinds.map((kind) => [kind, rowsOf(kind, singleRows[kind])])) as SingleRows;
}
