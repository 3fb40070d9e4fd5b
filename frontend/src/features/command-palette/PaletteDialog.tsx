import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { nameOfKey, useCommands, type Command } from "@/shared/commands/commands";
import { text } from "@/shared/text";
import { Dialog } from "@/shared/ui/Dialog";
import { PaletteList } from "./PaletteList";
import { rankCommands } from "./rank-commands";

const LIST_ID = "palette-list";

function optionId(command: Command): string {
  return `palette-${command.id.replaceAll(" ", "-")}`;
}

/** A field and the commands that fit what is typed; Enter runs the one that is marked. */
export function PaletteDialog({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [marked, setMarked] = useState(0);
  const groups = rankCommands(useCommands(), typed).map(({ group, found }) => ({
    group,
    found: found.filter(({ command }) => command.id !== "palette"),
  }));
  const commands = groups.flatMap(({ found }) => found.map(({ command }) => command));
  const current = commands[marked];
  const field = useRef<HTMLInputElement>(null);
  // The dialog gives the focus to its cross, being the first that takes it.
  useEffect(() => field.current?.focus(), []);

  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && commands.length > 0) {
      setMarked((marked + step + commands.length) % commands.length);
    } else if (event.key === "Enter" && current) run(current);
    else if (nameOfKey(event) === "mod+k") onClose();
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={text.commands.palette.title} onClose={onClose} testId="palette">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={text.commands.palette.field}
        aria-expanded="true"
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        aria-activedescendant={current && optionId(current)}
        autoComplete="off"
        spellCheck={false}
        placeholder={text.commands.palette.field}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setMarked(0);
        }}
        onKeyDown={onKey}
        className="h-11 w-full rounded-card border border-control bg-bg px-3 placeholder:text-muted"
      />
      <PaletteList
        id={LIST_ID}
        groups={groups}
        current={current}
        idOf={optionId}
        onPoint={(command) => setMarked(commands.indexOf(command))}
        onRun={run}
      />
      <p role="status" className="pt-2 text-axis text-muted">
        {commands.length === 0
          ? text.commands.palette.none(typed)
          : text.commands.palette.found(commands.length)}
      </p>
    </Dialog>
  );
}
