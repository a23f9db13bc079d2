import type { Metadata } from "next";
import type { SearchedPage } from "#app/named-page.ts";
import { readExcuseFields } from "#components/slo/excuse-fields.ts";
import { ExcuseForm } from "#components/slo/excuse-form.tsx";
import page from "#components/ui/page.module.css";

export const metadata: Metadata = { title: "Excuse hours" };

export default async function NewExcusePage({ searchParams }: SearchedPage) {
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
