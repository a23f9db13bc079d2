import type { z } from "zod";

/** A setting's own description: the source of docs/configuration.md and of every refusal. */
export interface SettingNotes {
  description: string;
  /** Follows "expected": "a port number from 1 to 65535". */
  expected: string;
  /** What leaving it unset means, as in the documentation. */
  unset: string;
  /** Never printed. */
  secret?: boolean;
  /** Set by Tidemark for its own processes, not by users. */
  internal?: boolean;
}

/** How a setting is read, with what is said of it. */
export function setting<Schema extends z.ZodType>(schema: Schema, notes: SettingNotes): Schema {
  return schema.meta({ ...notes });
}
