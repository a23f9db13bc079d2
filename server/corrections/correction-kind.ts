import type { CorrectionPreviewJson } from "#domain/api/corrections.ts";
import type { CorrectionDraft } from "#domain/correction.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql, Transaction } from "#server/db/database.ts";
import type { Correction } from "#server/db/generated/client.ts";
import type { Scope } from "./resolve-scope.ts";

/** What the server does for an action. */
export interface CorrectionKind {
  /** Returns its id. It is in force once this resolves. */
  create(ctx: Context, draft: CorrectionDraft): Promise<bigint>;
  /** Read-only; takes no locks. */
  preview(ctx: Context, asked: Asked): Promise<Preview>;
  /** Called behind the ingest gate, in the transaction that marks the correction undone. */
  undo(tx: Transaction, ctx: Context, id: bigint): Promise<void>;
  /** How stored facts follow, in batches; null: it moves none. */
  batches: FactBatches | null;
}

export interface FactBatches {
  /** Sets facts aside. */
  move(tx: Sql, step: Step): Promise<Moved>;
  /** Lets them count again, or hands them to the next correction that covers them. */
  restore(tx: Sql, step: Step): Promise<Moved>;
}

export interface Asked {
  draft: CorrectionDraft;
  scope: Scope;
}

/** A preview, with the types and hours whose consumers it concerns; `to` excluded. */
export type Preview = Omit<CorrectionPreviewJson, "action" | "consumers" | "subscriptions"> & {
  concerned: { eventTypeIds: number[]; from: Date; to: Date };
};

export interface Step {
  correction: Correction;
  /** Hours, types or a few hundred rows. */
  size: number;
  now: Date;
}

/** A batch's progress. */
export interface Moved {
  done: boolean;
  affectedHours: number;
  cursorHour?: Date;
  cursorEventTypeId?: number;
}
