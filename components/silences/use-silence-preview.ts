"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMay } from "#components/access/use-may.ts";
import { queries } from "#components/api/queries.ts";
import { previewRequest, type SilenceDraft } from "./silence-draft.ts";

const settleMs = 400;

/** What a draft would silence, asked whenever typing rests. `isSeen`: the preview is that of the draft as it stands. */
export function useSilencePreview(draft: SilenceDraft, asOf: string) {
  const may = useMay("respond");
  // As text, so that a draft with the same effect is not previewed again.
  const wanted = JSON.stringify(previewRequest(draft, asOf));
  const [settled] = useDebouncedValue(wanted, settleMs);
  const request: ReturnType<typeof previewRequest> = JSON.parse(settled);
  const preview = useQuery({
    ...queries.silencePreview(request),
    enabled: may === true && request.matchers.length > 0,
    placeholderData: keepPreviousData,
  });
  const isSeen = settled === wanted && request.matchers.length > 0 && preview.isSuccess && !preview.isPlaceholderData;
  return { preview, isSeen, isRefused: may === false, hasEnd: request.endsAt !== undefined };
}
