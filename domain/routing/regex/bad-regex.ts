/** Says what RE2 has not, or where an expression is none. */
export class BadRegex extends Error {}
