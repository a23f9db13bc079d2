import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchRule() {
  return (
    <Notice title="Rule not found">
      <p>
        It may have been deleted. <Link href="/alerts/rules">Rules</Link> lists all that exist.
      </p>
    </Notice>
  );
}
