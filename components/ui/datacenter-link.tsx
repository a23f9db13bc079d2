import Link from "next/link";

/** A datacenter's name, linked to its page. */
export function DatacenterLink({ name, className }: { name: string; className?: string | undefined }) {
  return (
    <Link href={`/datacenters/${encodeURIComponent(name)}`} prefetch={false} className={className}>
      {name}
    </Link>
  );
}
