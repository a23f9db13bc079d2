/** Useful unchanged: a ticket before the deadline of high-tier types. */
export const startingRule = `apiVersion: tidemark/v1
kind: AlertRule
metadata: { name: deadline-half-gone }
spec:
  metric: closing_delay
  scope: { tier: high } # also eventType, owner, datacenter, labels
  threshold: 50% # of the deadline, or a time like 45m
  for: 2m
  keepFiringFor: 10m
  severity: ticket # page wakes a person
  summary: "{eventType}: {sentence}"
`;
