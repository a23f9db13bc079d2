import type { Metadata } from "next";
import type { ReactNode } from "react";
import { decodeSegment, type NamedPage } from "#app/named-page.ts";
import { readKnownType } from "./read-known-type.ts";

interface Props extends NamedPage {
  children: ReactNode;
}

export async function generateMetadata({ params }: NamedPage): Promise<Metadata> {
  const name = decodeSegment((await params).name);
  // Its own title would hide the template from the hours' pages below.
  return { title: { default: name, template: "%s · Tidemark" } };
}

/** Checks that the type exists before anything is sent: only then can the answer still be 404. */
export default async function EventTypeLayout({ children, params }: Props) {
  await readKnownType((await params).name);
  return children;
}
