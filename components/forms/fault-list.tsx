import type { Fault } from "#components/api/client.ts";

/** What is wrong, each with its place: where no fields stand beside it. */
export function FaultList({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul>
      {faults.map(({ pointer, parameter, detail }) => (
        <li key={`${pointer} ${detail}`}>
          {(pointer ?? parameter ?? "").replace(/^\//, "").replaceAll("/", " › ")} {detail}
        </li>
      ))}
    </ul>
  );
}
