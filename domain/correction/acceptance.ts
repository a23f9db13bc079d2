export interface AcceptedFigures {
  lost: bigint;
  duplicated: bigint;
  /** Every expected datacenter's produced count was known. */
  known: boolean;
}

/**
 * An hour stays accepted while its figures are no worse than they were. It follows from the figures alone, whatever came between:
 * figures that recover bring the acceptance back.
 */
export function isAcceptanceInForce(accepted: AcceptedFigures, now: AcceptedFigures): boolean {
  return now.lost <= accepted.lost && now.duplicated <= accepted.duplicated && (now.known || !accepted.known);
}
