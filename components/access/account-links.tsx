"use client";

import { Button } from "@mantine/core";
import { IconUserCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { queries } from "#components/api/queries.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import { placeOf } from "#components/ui/places.ts";
import styles from "./access.module.css";
import { signOut } from "./sign-out.ts";

/** Who is signed in, and the way out. An anonymous visitor of an open dashboard has neither. */
export function AccountLinks() {
  const { data: visitor } = useQuery(queries.visitor());
  const isHere = placeOf(usePathname()) === "/account";
  const [failed, setFailed] = useState(false);
  if (!visitor || visitor.actor === "dashboard") return null;
  return (
    <div className={styles.account}>
      <PageLink
        className={styles.name}
        href="/account"
        title={`Signed in as ${visitor.actor}`}
        aria-current={isHere ? "page" : undefined}
      >
        <IconUserCircle size={18} stroke={1.75} aria-hidden="true" />
        <span>Account</span>
      </PageLink>
      <Button variant="subtle" onClick={async () => setFailed(!(await signOut()))}>
        {failed ? "Couldn’t sign out. Try again" : "Sign out"}
      </Button>
    </div>
  );
}
