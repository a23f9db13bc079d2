export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The period and scope that a URL asks for. */
export interface Place {
  month?: string;
  window?: string;
  tier?: string;
  owner?: string;
  eventType?: string;
}

/** An empty form field counts as absent. */
export async function readPlace(searchParams: SearchParams): Promise<Place> {
  const said = await searchParams;
  const place: Place = {};
  for (const key of ["month", "window", "tier", "owner", "eventType"] as const) {
    const value = said[key];
    if (typeof value === "string" && value !== "") place[key] = value;
  }
  return place;
}
