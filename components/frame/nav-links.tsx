"use client";

import { useClickOutside } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import { useRef, useState } from "react";
import { PageLink } from "#components/ui/page-link.tsx";
import { placeOf, places } from "#components/ui/places.ts";
import styles from "./frame.module.css";

/** How many fit in a phone's bar; the others are behind "More". A wide screen shows them all. */
const inBar = 4;

export function NavLinks() {
  const path = usePathname();
  const more = useRef<HTMLButtonElement>(null);
  // Open on one page: it closes on navigation.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const isOpen = openOn === path;
  const nav = useClickOutside<HTMLElement>(() => setOpenOn(null), ["pointerdown"]);
  function onKeyDown(event: React.KeyboardEvent) {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation();
    setOpenOn(null);
    more.current?.focus();
  }
  // Left by Tab, it would cover the focused element.
  function onBlur({ relatedTarget }: React.FocusEvent) {
    if (relatedTarget && !nav.current?.contains(relatedTarget)) setOpenOn(null);
  }
  const rest = places.slice(inBar);
  return (
    <nav ref={nav} className={styles.nav} aria-label="Main" onKeyDown={onKeyDown} onBlur={onBlur}>
      <PlaceList places={places.slice(0, inBar)} path={path} />
      <button
        ref={more}
        type="button"
        className={styles.more}
        aria-expanded={isOpen}
        aria-controls="more-places"
        data-current={rest.some(({ href }) => href === placeOf(path)) || undefined}
        onClick={() => setOpenOn(isOpen ? null : path)}
      >
        <IconDots size={18} stroke={1.75} aria-hidden="true" />
        More
      </button>
      <PlaceList id="more-places" places={rest} path={path} isOpen={isOpen} onGo={() => setOpenOn(null)} />
    </nav>
  );
}

interface PlaceListProps {
  id?: string;
  places: readonly (typeof places)[number][];
  path: string;
  isOpen?: boolean;
  onGo?: () => void;
}

function PlaceList({ id, places: listed, path, isOpen, onGo }: PlaceListProps) {
  return (
    <ul id={id} data-open={isOpen}>
      {listed.map(({ href, name, icon: Icon }) => (
        <li key={href}>
          <PageLink href={href} aria-current={href === placeOf(path) ? "page" : undefined} onClick={() => onGo?.()}>
            <Icon size={18} stroke={1.75} aria-hidden="true" />
            {name}
          </PageLink>
        </li>
      ))}
    </ul>
  );
}
