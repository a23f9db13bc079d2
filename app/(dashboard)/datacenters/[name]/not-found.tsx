import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchDatacenter() {
  return (
    <Notice title="Datacenter not found">
      <p>
        Names are case-sensitive. <Link href="/datacenters">Datacenters</Link> lists every datacenter that is claimed or
        has reported.
      </p>
    </Notice>
  );
}
