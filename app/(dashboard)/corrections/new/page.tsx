import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readDraftFields } from "#components/corrections/correction-draft.ts";
import { CorrectionForm } from "#components/corrections/correction-form.tsx";
import { correctionActions } from "#domain/correction.ts";

export const metadata: Metadata = { title: "New correction" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewCorrectionPage({ searchParams }: Props) {
  const asked = await searchParams;
  const action = correctionActions.find((each) => each === asked.action);
  if (!action) notFound();
  return <CorrectionForm key={JSON.stringify(asked)} action={action} initial={readDraftFields(asked)} />;
}
