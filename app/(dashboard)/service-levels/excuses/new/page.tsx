import type { Metadata } from "next";
import { readExcuseFields } from "#components/slo/excuse-fields.ts";
import { ExcuseForm } from "#components/slo/excuse-form.tsx";
import page from "#components/ui/page.module.css";

export const metadata: Metadata = { title: "Excuse hours" };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewExcusePage({ searchParams }: Props) {
  const asked = await searchParams;
  return (
    <article className={page.page}>
      <h1>Excuse hours</h1>
      <p>
        Excused hours count neither for nor against an objective. In a frozen month the change is listed as a
        restatement.
      </p>
      <ExcuseForm key={JSON.stringify(asked)} initial={readExcuseFields(asked)} />
    </article>
  );
}
