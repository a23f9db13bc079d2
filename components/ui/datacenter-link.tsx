import { PageLink } from "./page-link.tsx";

/** A datacenter's name, linked to its page. */
export function DatacenterLink({ name }: { name: string }) {
  return <PageLink href={`/datacenters/${encodeURIComponent(name)}`}>{name}</PageLink>;
}
