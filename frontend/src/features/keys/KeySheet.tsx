import { lazy, Suspense, useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { text } from "@/shared/text";

const KeyDialog = lazy(async () => ({ default: (await import("./KeyDialog")).KeyDialog }));

/** What each key does; loaded when it is first asked for. */
export function KeySheet() {
  const [isOpen, setOpen] = useState(false);
  useCommand({
    id: "keys",
    group: "go",
    name: text.commands.keys.open,
    key: "?",
    run: () => setOpen(true),
  });
  if (!isOpen) return null;
  return (
    <Suspense>
      <KeyDialog onClose={() => setOpen(false)} />
    </Suspense>
  );
}
