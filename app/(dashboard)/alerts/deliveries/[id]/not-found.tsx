import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchDelivery() {
  return (
    <Notice title="Delivery not found">
      <p>
        It may be older than the retention period. <Link href="/alerts/deliveries">Deliveries</Link> lists the others.
      </p>
    </Notice>
  );
}
