/** The list's filters from the URL. */
export interface ListedCorrections {
  eventType: string;
  datacenter: string;
  state: "active" | "undone" | "all";
  cursor: string | null;
}

export const correctionsAtOnce = 50;

type Asked = Readonly<Record<string, string | string[] | undefined>>;

export function readListed(asked: Asked): ListedCorrections {
  const text = (key: string) => (typeof asked[key] === "string" ? asked[key] : "");
  const state = text("state");
  return {
    eventType: text("eventType"),
    datacenter: text("datacenter"),
    state: state === "active" || state === "undone" ? state : "all",
    cursor: text("cursor") || null,
  };
}

/** The API's query for it. */
export function correctionSearch({ eventType, datacenter, state, cursor }: ListedCorrections): string {
  return new URLSearchParams({
    limit: String(correctionsAtOnce),
    ...(eventType && { eventType }),
    ...(datacenter && { datacenter }),
    ...(state !== "all" && { active: String(state === "active") }),
    ...(cursor !== null && { cursor }),
  }).toString();
}
