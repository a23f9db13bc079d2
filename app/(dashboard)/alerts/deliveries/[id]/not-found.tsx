import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchDelivery() {
  return (
    <Notice title="There is no such delivery">
      <p>
        It may be older than what is kept. <Link href="/alerts/deliveries">Deliveries</Link> lists the others.
      </p>
    </Notice>
  );
}
