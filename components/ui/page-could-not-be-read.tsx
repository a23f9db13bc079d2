"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queries } from "#components/api/queries.ts";
import { Notice } from "./notice.tsx";

/** Shown for a page that could not be rendered: usually the database is away, and the page comes back with it. */
export function PageCouldNotBeRead({ error }: { error: unknown }) {
  const status = useQuery(queries.status());
  const wasAway = useRef(false);
  useEffect(() => {
    if (status.isError) wasAway.current = true;
    // Only a known outage is retried: a page with a fault of its own is not reloaded over and over.
    else if (status.isSuccess && wasAway.current) window.location.reload();
  }, [status.isError, status.isSuccess]);
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Notice title="Couldn’t load this page">
      {status.isError ? (
        <p>{status.error.message} Retrying. The page reappears once it can be loaded.</p>
      ) : (
        <p>
          Try again. If the error persists, check the log of the web process
          {digest && (
            <>
              {" "}
              for the digest <code>{digest}</code>
            </>
          )}
          .
        </p>
      )}
      <Button variant="filled" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </Notice>
  );
}
