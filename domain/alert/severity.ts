/** The most urgent first. */
export const severities = ["page", "ticket", "info"] as const;
export type Severity = (typeof severities)[number];
