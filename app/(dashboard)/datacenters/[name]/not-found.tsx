import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchDatacenter() {
  return (
    <Notice title="There is no such datacenter">
      <p>
        Names are told apart by upper and lower case. <Link href="/datacenters">Datacenters</Link> lists every one that
        was claimed or has reported.
      </p>
    </Notice>
  );
}
