import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchWebhook() {
  return (
    <Notice title="Webhook not found">
      <p>
        It may have been deleted. <Link href="/consumers">Consumers</Link> lists all that exist.
      </p>
    </Notice>
  );
}
