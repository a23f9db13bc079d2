/** A report of four events, as the reporter of one lane sends it. */
export function countersOf(reporter: string) {
  return {
    specversion: "1.0",
    id: `counters-${reporter}`,
    source: "/lon/test",
    type: "tidemark.counters.v1",
    time: "2026-11-22T13:30:00Z",
    data: { dc: "lon", stage: "produced", reporter, reports: [{ eventType: "A", hour: "2026-11-22T13", events: 4 }] },
  };
}
