import { type DeleteCall, deleteDocument } from "#server/catalogue/index.ts";
import { noHook } from "./no-hook.ts";

/** Deletes a hook and what it lists as not mapped. Deployments that it recorded stay. */
export async function deleteHook(call: DeleteCall): Promise<void> {
  const where = { name: call.input.name };
  await deleteDocument(call, {
    act: "deployment_hook.deleted",
    kind: "DeploymentHook",
    async find({ prisma }) {
      const hook = await prisma.deploymentHook.findUnique({ where });
      if (!hook) throw noHook(where.name);
      return hook;
    },
    remove: ({ prisma }) => prisma.deploymentHook.delete({ where }),
  });
}
