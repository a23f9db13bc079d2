/** One that says something useful as it stands: a ticket before the deadline of what matters most. */
export const startingRule = `apiVersion: tidemark/v1
kind: AlertRule
metadata: { name: deadline-half-gone }
spec:
  metric: closing_delay
  scope: { tier: high } # also eventType, owner, datacenter, labels
  threshold: 50% # of the deadline, or a time like 45m
  for: 2m
  keepFiringFor: 10m
  severity: ticket # page wakes somebody
  summary: "{eventType}: {sentence}"
`;
