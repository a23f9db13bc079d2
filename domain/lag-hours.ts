/** The spans of the last hours that a chart of lag offers. */
export const lagHours = ["6", "24", "48"] as const;
export type LagHours = (typeof lagHours)[number];
