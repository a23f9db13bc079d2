import { type DeleteCall, deleteDocument } from "#server/catalogue/index.ts";
import { findSource, holdSource } from "./find-source.ts";

/** Deletes a source with what it said last. The facts that were made of it stay. */
export async function deleteSource(call: DeleteCall): Promise<void> {
  const { name } = call.input;
  await deleteDocument(call, {
    act: "source.deleted",
    kind: "Source",
    async find(tx) {
      await holdSource(tx, name);
      return findSource(tx, name);
    },
    remove: ({ prisma }) => prisma.source.delete({ where: { name } }),
  });
}
