import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchSource() {
  return (
    <Notice title="Source not found">
      <p>
        It may have been deleted. <Link href="/sources">Sources</Link> lists all that exist.
      </p>
    </Notice>
  );
}
