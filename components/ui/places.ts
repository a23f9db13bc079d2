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

/** The product's main pages, most needed first. */
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
