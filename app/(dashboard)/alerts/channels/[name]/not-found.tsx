import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchChannel() {
  return (
    <Notice title="There is no such channel">
      <p>
        It may have been deleted; what was sent through it stays among the{" "}
        <Link href="/alerts/deliveries">deliveries</Link>. <Link href="/alerts/channels">Channels</Link> lists those
        there are.
      </p>
    </Notice>
  );
}
