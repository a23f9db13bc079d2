import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { PageSearch } from "#components/ui/page-search.ts";
import { NotFound } from "#server/errors.ts";

export interface NamedPage {
  params: Promise<{ name: string }>;
}

export interface SearchedPage {
  searchParams: Promise<PageSearch>;
}

/** A page's title from the name in its path. */
export function titledBy(title: (name: string) => string) {
  return async ({ params }: NamedPage): Promise<Metadata> => ({ title: title(decodeSegment((await params).name)) });
}

/** A URL segment decoded, and normalised to NFC as names are stored; an invalid encoding is returned unchanged. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).normalize("NFC");
  } catch {
    return segment;
  }
}

/** What is read; the not-found page if there is none of the name. */
export function orNotFound<Read>(reading: Promise<Read>): Promise<Read> {
  return reading.catch((error: unknown) => {
    if (error instanceof NotFound) notFound();
    throw error;
  });
}
