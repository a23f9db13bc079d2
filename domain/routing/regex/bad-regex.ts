/** Names what RE2 lacks, or where the expression is invalid. */
export class BadRegex extends Error {}
