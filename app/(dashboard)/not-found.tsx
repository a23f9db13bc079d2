import { NothingAtThisAddress } from "#components/ui/nothing-at-this-address.tsx";

export default function NotFound() {
  return <NothingAtThisAddress />;
}
