export interface AcceptedFigures {
  lost: bigint;
  duplicated: bigint;
  /** Every expected datacenter's produced count was known. */
  known: boolean;
}

/**
 * An hour stays accepted while its figures are no worse than when it was accepted. Only the current figures matter: if they
 * recover, so does the acceptance.
 */
export function isAcceptanceInForce(accepted: AcceptedFigures, now: AcceptedFigures): boolean {
  return now.lost <= accepted.lost && now.duplicated <= accepted.duplicated && (now.known || !accepted.known);
}
