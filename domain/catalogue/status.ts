export const catalogueStatuses = ["discovered", "claimed", "retired"] as const;
export type CatalogueStatus = (typeof catalogueStatuses)[number];

/** Discovered: only reported. Retired: its `activeTo` has passed; earlier verdicts stay readable. */
export function catalogueStatus(
  { claimedAt, activeTo }: { claimedAt: Date | null; activeTo: Date | null },
  now: Date,
): CatalogueStatus {
  if (!claimedAt) return "discovered";
  return activeTo && activeTo <= now ? "retired" : "claimed";
}
