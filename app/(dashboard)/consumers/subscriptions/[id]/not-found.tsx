import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchWebhook() {
  return (
    <Notice title="There is no such webhook">
      <p>
        It may have been removed. <Link href="/consumers">Consumers</Link> lists those there are.
      </p>
    </Notice>
  );
}
