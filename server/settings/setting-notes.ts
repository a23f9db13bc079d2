/** What a setting's schema says of itself: docs/configuration.md and every refusal are made from it. */
export interface SettingNotes {
  description: string;
  /** Follows "expected": "a port number from 1 to 65535". */
  expected: string;
  /** What an unset one means, in the words of the documentation. */
  unset: string;
  /** Never printed. */
  secret?: boolean;
  /** Set by Tidemark for its own processes, not by people. */
  internal?: boolean;
}

/** As a schema takes it with `.meta`. */
export const notes = (text: SettingNotes) => ({ ...text });
