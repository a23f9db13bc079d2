import { ApiProblem, type Fault } from "#components/api/client.ts";

/** What the API found wrong; none if it did not say. */
export function faultsOf(error: Error | null): readonly Fault[] {
  return error instanceof ApiProblem ? error.faults : [];
}

/** The first fault of the member at the pointer, or of something within it. */
export function faultAt(faults: readonly Fault[], pointer: string): Fault | undefined {
  return faults.find((fault) => fault.pointer === pointer || fault.pointer?.startsWith(`${pointer}/`));
}
