import type { Hour } from "../hour.ts";

/** What goes wrong. Delays are one kind whichever sign a type shows; loss, duplication and skew are another. */
export const troubles = ["late", "lost", "duplicated", "skewed", "volume", "unreported", "unknown", "blind"] as const;
export type Trouble = (typeof troubles)[number];

/** The datacenter that may be the cause. */
export interface Culprit {
  trouble: Trouble;
  /** null: no particular datacenter. */
  datacenter: string | null;
}

/** A metric's reading of one subject. A subject without a reading is normal. */
export interface Reading {
  /** null: the event type as a whole, or Tidemark itself. */
  datacenter: string | null;
  /** null: unknown, which is neither good nor bad. */
  value: number | null;
  /** The hours of the event type that it concerns. */
  hours: readonly Hour[];
  /** Likeliest first. */
  culprits: readonly Culprit[];
  /** The earliest instant shown by the facts; null: unknown. */
  since: Date | null;
  /** For people; built only when read. */
  sentence: () => string;
}
