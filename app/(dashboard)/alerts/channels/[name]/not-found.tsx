import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchChannel() {
  return (
    <Notice title="Channel not found">
      <p>
        It may have been deleted. Its past <Link href="/alerts/deliveries">deliveries</Link>.{" "}
        <Link href="/alerts/channels">Channels</Link> lists all that exist.
      </p>
    </Notice>
  );
}
