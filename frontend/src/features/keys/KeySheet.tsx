import { Suspense, useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { lazyPart } from "@/shared/parts/lazy-part";
import { text } from "@/shared/text";

const KeyDialog = lazyPart(async () => (await import("./KeyDialog")).KeyDialog);

/** What each key does, on a key of its own. */
export function KeySheet() {
  const [isOpen, setOpen] = useState(false);
  useCommand({
    id: "keys",
    group: "go",
    name: text.commands.keys.open,
    key: "?",
    run: () => setOpen(true),
  });
  return (
    isOpen && (
      <Suspense>
        <KeyDialog onClose={() => setOpen(false)} />
      </Suspense>
    )
  );
}
