/** A word or phrase that the product does not use, with its replacement. Matched as whole words, whatever their case. */
export interface RuledOut {
  readonly words: readonly string[];
  readonly use: string;
}

export const ruledOutWords: readonly RuledOut[] = [
  { words: ["tell", "tells", "told", "telling"], use: "notify, report, show, distinguish" },
  { words: ["nobody", "somebody"], use: "no one, someone, or the role: the owner, a consumer" },
  { words: ["whom"], use: "who, or the noun" },
  { words: ["wish", "wishes", "wished"], use: "request, target" },
  { words: ["mend", "mends", "mended", "mending"], use: "fix" },
  { words: ["hurt", "hurts", "hurting"], use: "affect" },
  { words: ["well again"], use: "recovered" },
  { words: ["speaks for it", "speak for it"], use: "evidence" },
  { words: ["as it came", "as they came"], use: "unchanged" },
  { words: ["how it is, is unknown"], use: "its state is unknown" },
  {
    words: ["is no hour", "is no day", "is no month", "is no instant", "is no window", "is no field"],
    use: "is not a valid …",
  },
  { words: ["goes on living", "lives on a clock"], use: "keeps running" },
  { words: ["the house"], use: "Tidemark, the repository" },
  { words: ["anew"], use: "again" },
  { words: ["there is no such"], use: "… not found" },
  { words: ["without a word"], use: "without output" },
  { words: ["brought along"], use: "embedded" },
  { words: ["taken in", "takes in"], use: "accepted, ingested" },
  { words: ["bear", "bears", "bore"], use: "create" },
];

/** Where a ruled-out word has another meaning and stays. */
export const allowedWords: readonly { readonly file: RegExp; readonly text: RegExp; readonly because: string }[] = [];
