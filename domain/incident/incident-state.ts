import { type Severity, severities } from "../alert/severity.ts";

/*
 *   state          acknowledge     all alerts normal and hours final   a person resolves          the cause comes back
 *   open           acknowledged    resolved                            resolved, if none fires    it is part of it
 *   acknowledged   acknowledged    resolved                            resolved, if none fires    it is part of it
 *   resolved       –               –                                   –                          a new incident, which pages
 */
export const incidentStates = ["open", "acknowledged", "resolved"] as const;
export type IncidentState = (typeof incidentStates)[number];

export function worstSeverity(found: Iterable<Severity>): Severity {
  const present = new Set(found);
  return severities.find((each) => present.has(each)) ?? "info";
}
