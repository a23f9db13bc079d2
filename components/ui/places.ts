import {
  IconActivity,
  IconAlertTriangle,
  IconArrowBackUp,
  IconBook2,
  IconCalendarStats,
  IconLayoutGrid,
  IconLayoutList,
  IconMailX,
  IconPlugConnected,
  IconRipple,
  IconRocket,
  IconServer2,
  IconTopologyStar,
} from "@tabler/icons-react";

/** The product's main pages, most needed first. Those below a page's path belong to it. */
export const places = [
  { href: "/", name: "Board", icon: IconRipple },
  { href: "/completeness", name: "Completeness", icon: IconLayoutGrid },
  { href: "/alerts", name: "Alerts", icon: IconAlertTriangle },
  { href: "/service-levels", name: "Service levels", icon: IconCalendarStats },
  { href: "/event-types", name: "Catalogue", icon: IconLayoutList },
  { href: "/consumers", name: "Consumers", icon: IconPlugConnected },
  { href: "/datacenters", name: "Datacenters", icon: IconServer2 },
  { href: "/deployments", name: "Deployments", icon: IconRocket },
  { href: "/sources", name: "Sources", icon: IconTopologyStar },
  { href: "/corrections", name: "Corrections", icon: IconArrowBackUp },
  { href: "/rejected-messages", name: "Rejected", icon: IconMailX },
  { href: "/status", name: "Status", icon: IconActivity },
  { href: "/docs", name: "Docs", icon: IconBook2 },
] as const;

export type PlaceHref = (typeof places)[number]["href"] | "/account";

/** Pages that belong to a main page without lying below it: a name of a source or a person can be any word. */
const elsewhere: Readonly<Record<string, PlaceHref>> = {
  "/ready": "/consumers",
  "/new-source": "/sources",
  "/people": "/account",
  "/audit": "/account",
};

/** The main page, or the account, that a page belongs to; null: none. */
export function placeOf(path: string): PlaceHref | null {
  const [, first = ""] = path.split("/");
  const top = `/${first}` as const;
  if (top === "/account") return top;
  return places.find(({ href }) => href === top)?.href ?? elsewhere[top] ?? null;
}
