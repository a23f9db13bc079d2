import type { Metadata } from "next";
import type { ReactNode } from "react";
import { decodeSegment } from "#app/decode-segment.ts";
import { readKnownType } from "./read-known-type.ts";

interface Props {
  children: ReactNode;
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const name = decodeSegment((await params).name);
  // Its own title would hide the template from the hours' pages below.
  return { title: { default: name, template: "%s · Tidemark" } };
}

/** Checks that the type exists before anything is sent: only then can the answer still be 404. */
export default async function EventTypeLayout({ children, params }: Props) {
  await readKnownType((await params).name);
  return children;
}
