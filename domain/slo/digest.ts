// The monthly digest: when a channel gets it, for which month, and what the mail says.

export { digestHtml } from "./digest/digest-html.ts";
export { decideDigest, digestDueAt, dueDigests, nextDigest } from "./digest/digest-months.ts";
export { digestText } from "./digest/digest-text.ts";
export { writeDigest } from "./digest/write-digest.ts";
