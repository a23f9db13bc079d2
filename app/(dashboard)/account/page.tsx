import type { Metadata } from "next";
import { Account } from "#components/access/account.tsx";

export const metadata: Metadata = { title: "Account" };

/** Who the reader is here, and where they are signed in. */
export default function AccountPage() {
  return <Account />;
}
