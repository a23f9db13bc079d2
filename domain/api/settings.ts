import { z } from "zod";

export const settingSchema = z.object({
  name: z.string().meta({ example: "TIDEMARK_RETENTION_FACTS" }),
  isSet: z.boolean(),
  value: z.string().nullable().meta({ description: "As it was written; null: it is not set, or a secret." }),
  default: z.string().meta({ description: "What leaving it unset means." }),
});

export const settingsSchema = z.object({ items: z.array(settingSchema) }).meta({ id: "Settings" });

/** What a process was given of one setting. */
export type SettingJson = z.infer<typeof settingSchema>;
