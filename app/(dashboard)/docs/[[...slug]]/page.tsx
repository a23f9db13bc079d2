import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { decodeSegment } from "#app/named-page.ts";
import { DocumentView } from "#components/documentation/document-view.tsx";
import { readDocument } from "#server/documentation/index.ts";

interface DocumentPageProps {
  params: Promise<{ slug?: string[] }>;
}

const read = cache((slug: string) => readDocument(slug));

async function addressed({ params }: DocumentPageProps) {
  const { slug = [] } = await params;
  return read(slug.map(decodeSegment).join("/"));
}

export async function generateMetadata(props: DocumentPageProps): Promise<Metadata> {
  return { title: (await addressed(props))?.title ?? "Page not found" };
}

export default async function DocumentPage(props: DocumentPageProps) {
  const document = await addressed(props);
  if (document === null) notFound();
  return <DocumentView {...document} />;
}
