import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchedPage } from "#app/named-page.ts";
import { readDraftFields } from "#components/corrections/correction-draft.ts";
import { CorrectionForm } from "#components/corrections/correction-form.tsx";
import { correctionActions } from "#domain/correction.ts";

export const metadata: Metadata = { title: "New correction" };

export default async function NewCorrectionPage({ searchParams }: SearchedPage) {
  const asked = await searchParams;
  const action = correctionActions.find((each) => each === asked.action);
  if (!action) notFound();
  return <CorrectionForm key={JSON.stringify(asked)} action={action} initial={readDraftFields(asked)} />;
}
