import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";

export default function NoSuchHook() {
  return (
    <Notice title="Deployment hook not found">
      <p>
        It may have been deleted. <Link href="/deployments/hooks">Deployment hooks</Link> lists all that exist.
      </p>
    </Notice>
  );
}
