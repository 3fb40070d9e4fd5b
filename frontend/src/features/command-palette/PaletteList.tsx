import { useEffect } from "react";
import type { Command } from "@/shared/commands/commands";
import { keyCaps } from "@/shared/commands/key-caps";
import { text } from "@/shared/text";
import { KeyCaps } from "@/shared/ui/KeyCaps";
import { LitName } from "./LitName";
import type { Found, FoundGroup } from "./rank-commands";

interface PaletteListProps {
  readonly id: string;
  readonly groups: readonly FoundGroup[];
  /** The marked one, that Enter would run. */
  readonly current: Command | undefined;
  readonly idOf: (command: Command) => string;
  readonly onPoint: (command: Command) => void;
  readonly onRun: (command: Command) => void;
}

/** The commands that fit, in their groups; the field keeps the focus and the marked one is in sight. */
export function PaletteList({ id, groups, current, idOf, onPoint, onRun }: PaletteListProps) {
  const currentId = current && idOf(current);
  useEffect(() => {
    if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: "nearest" });
  }, [currentId]);
  return (
    <div
      id={id}
      role="listbox"
      aria-label={text.commands.palette.results}
      className="mt-2 h-80 overflow-y-auto"
    >
      {groups
        .filter(({ found }) => found.length > 0)
        .map(({ group, found }) => (
          <div key={group} role="group" aria-label={text.commands.group(group)}>
            <p aria-hidden="true" className="px-3 pt-2 pb-1 text-caps font-medium text-muted">
              {text.commands.group(group)}
            </p>
            {found.map((one) => (
              <Option
                key={one.command.id}
                id={idOf(one.command)}
                one={one}
                isCurrent={one.command === current}
                onPoint={() => onPoint(one.command)}
                onRun={() => onRun(one.command)}
              />
            ))}
          </div>
        ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly one: Found;
  readonly isCurrent: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

function Option({ id, one, isCurrent, onPoint, onRun }: OptionProps) {
  const { command, match } = one;
  return (
    // The keyboard reaches it from the field, which keeps the focus.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      onPointerMove={isCurrent ? undefined : onPoint}
      onClick={onRun}
      className="flex min-h-11 cursor-pointer items-center justify-between gap-4 rounded-card px-3 aria-selected:bg-raised md:min-h-8"
    >
      <LitName name={command.name} letters={match.letters} />
      {command.key !== undefined && <KeyCaps caps={keyCaps(command.key)} />}
    </div>
  );
}
