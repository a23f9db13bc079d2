/**
 * Tidemark's advisory locks, each with a key of its own: two kinds of work that shared one would wait for each other. Locks by type, pool
 * or thread take the key as the first of PostgreSQL's two numbers.
 */
export const advisoryLocks = {
  alertingDocuments: 7_434_803,
  catalogue: 7_434_821,
  corrections: 7_434_822,
  routingTree: 7_434_823,
  actorNames: 7_434_824,
  auditLog: 7_434_825,
  deliveryThread: 7_265_003,
  alertType: 7_265_004,
} as const;
