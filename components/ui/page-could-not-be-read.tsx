"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queries } from "#components/api/queries.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** In place of a page that could not be made: most often the database is away, and the page comes back when it does. */
export function PageCouldNotBeRead({ error }: { error: unknown }) {
  const status = useQuery(queries.status());
  const wasAway = useRef(false);
  useEffect(() => {
    if (status.isError) wasAway.current = true;
    // Only what was seen to be away can come back: a page that fails for itself is not loaded over and over.
    else if (status.isSuccess && wasAway.current) window.location.reload();
  }, [status.isError, status.isSuccess]);
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Notice title="This page could not be read">
      {status.isError ? (
        <p>{status.error.message} This page comes back by itself as soon as it can be read.</p>
      ) : (
        <p>
          Try again. If it stays like this, look at what the web process logged
          {digest && (
            <>
              {" "}
              beside the digest <code>{digest}</code>
            </>
          )}
          .
        </p>
      )}
      <Button look="main" onClick={() => window.location.reload()}>
        Try again
      </Button>
    </Notice>
  );
}
