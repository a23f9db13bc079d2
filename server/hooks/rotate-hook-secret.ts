import { type Call, requireOwnership, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { ownerOf } from "#server/catalogue/index.ts";
import { Conflict } from "#server/errors.ts";
import { mintHookSecret, secretPlace } from "./hook-secrets.ts";
import { noHook } from "./no-hook.ts";

interface Rotation {
  readonly name: string;
  /** How long the secret until now still works. */
  readonly overlapSeconds: number;
}

/** Makes a hook's secret, or a new one; only this answer has it. An older one that still worked from a rotation before ends now. */
export async function rotateHookSecret({ ctx, input }: Call<Rotation>): Promise<string> {
  requireScope(ctx, "write");
  const { name, overlapSeconds } = input;
  const { secrets } = ctx.database;
  const place = secretPlace(name);
  const made = mintHookSecret();
  await ctx.database.transaction(async (tx) => {
    // Two rotations at once keep the secret between them; and the owner that is checked stays the owner.
    await tx.query("SELECT FROM deployment_hook WHERE name = $1 FOR UPDATE", [name]);
    const held = await tx.prisma.deploymentHook.findUnique({ where: { name } });
    if (held === null) throw noHook(name);
    const team = ownerOf(held.spec);
    requireOwnership(ctx, { kind: "DeploymentHook", name, before: team, after: undefined });
    const { secret: named } = held.spec as { secret?: { env: string } };
    if (named !== undefined)
      throw new Conflict(
        `The secret of "${name}" is in ${named.env}. Change it where the API runs, or leave \`secret\` out of the hook, and Tidemark makes one.`,
      );
    const keepsPrevious = held.secret !== null && overlapSeconds > 0;
    const previousSecretUntil = keepsPrevious ? new Date(ctx.clock.now().getTime() + overlapSeconds * 1000) : null;
    await tx.prisma.deploymentHook.update({
      where: { name },
      data: {
        secret: secrets.seal(place, made),
        previousSecret: keepsPrevious && held.secret !== null ? secrets.reseal(place, held.secret) : null,
        previousSecretUntil,
      },
    });
    const [before, after] = [held.previousSecretUntil, previousSecretUntil].map((at) => ({
      previousSecretUntil: at?.toISOString() ?? null,
    }));
    await recordAct(tx, ctx, {
      act: "deployment_hook.secret_rotated",
      name,
      team,
      before: before ?? null,
      after: after ?? null,
    });
  });
  return made;
}
