import { useRef, type KeyboardEvent } from "react";

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly name: string }[];
  readonly current: T;
  readonly onChoose: (id: T) => void;
  /** Of the element that shows the current tab's content. */
  readonly panelId: string;
}

/** What the panel of a tab is labelled by. */
export function tabId(panelId: string, id: string): string {
  return `${panelId}-${id}`;
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** A row of tabs; arrows move between them and the panel follows at once. */
export function Tabs<T extends string>({ label, tabs, current, onChoose, panelId }: TabsProps<T>) {
  const row = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === current);
    const next = tabs[STEPS[event.key]?.(at, tabs.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    row.current?.querySelector<HTMLElement>(`#${tabId(panelId, next.id)}`)?.focus();
  };
  return (
    <div ref={row} role="tablist" aria-label={label} className="flex">
      {tabs.map(({ id, name }) => (
        <button
          key={id}
          id={tabId(panelId, id)}
          type="button"
          role="tab"
          aria-selected={id === current}
          aria-controls={panelId}
          tabIndex={id === current ? 0 : -1}
          onClick={() => onChoose(id)}
          onKeyDown={onKeyDown}
          className="min-h-11 border-b-2 border-transparent px-3 font-medium text-muted hover:text-text aria-selected:border-accent aria-selected:text-accent md:min-h-8"
        >
          {name}
        </button>
      ))}
    </div>
  );
}
