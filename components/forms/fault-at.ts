import { ApiProblem, type Fault } from "#components/api/client.ts";
import { capitalize } from "#components/ui/words.ts";

/** What the API found wrong; none if it did not say. */
export function faultsOf(error: Error | null): readonly Fault[] {
  return error instanceof ApiProblem ? error.faults : [];
}

/** The first fault of the member at the pointer, or of something within it. */
export function faultAt(faults: readonly Fault[], pointer: string): Fault | undefined {
  return faults.find((fault) => fault.pointer === pointer || fault.pointer?.startsWith(`${pointer}/`));
}

/** What a field shows of the fault at its pointer, of the first refusal that has one. */
export function faultTextAt(errors: readonly (Error | null)[], pointer: string): string | undefined {
  const [found] = errors.flatMap((error) => faultAt(faultsOf(error), pointer) ?? []);
  return found && faultText(found);
}

/** "Must be a duration like 90s", without what was found, which stands in the field. */
export function faultText({ detail }: Fault): string {
  return capitalize(detail.replace(/; (found|it is missing).*$/s, ""));
}
