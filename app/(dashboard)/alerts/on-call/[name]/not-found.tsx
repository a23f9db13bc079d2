import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchSchedule() {
  return (
    <Notice title="Schedule not found">
      <p>
        It may have been deleted. <Link href="/alerts/on-call">On call</Link> lists all that exist.
      </p>
    </Notice>
  );
}
