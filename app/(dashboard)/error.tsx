"use client";

import { Button } from "@mantine/core";
import { Notice } from "#components/ui/notice.tsx";

/** A page could not be made. Most often the database is away, and the next try finds it. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Notice title="This page could not be read">
      <p>
        Most often the database is away for a moment. Try again; if it stays like this, look whether PostgreSQL answers
        and what the web process logged
        {digest && (
          <>
            {" "}
            (search its log for <code>{digest}</code>)
          </>
        )}
        .
      </p>
      <p>
        <Button onClick={() => retry()}>Try again</Button>
      </p>
    </Notice>
  );
}
