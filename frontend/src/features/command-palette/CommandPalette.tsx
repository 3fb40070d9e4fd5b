import { lazy, Suspense, useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { text } from "@/shared/text";

const PaletteDialog = lazy(async () => ({
  default: (await import("./PaletteDialog")).PaletteDialog,
}));

/** Every command, to be found by its name; what shows them is loaded when it is first asked for. */
export function CommandPalette() {
  const [isOpen, setOpen] = useState(false);
  useCommand({
    id: "palette",
    group: "go",
    name: text.commands.palette.open,
    key: "mod+k",
    run: () => setOpen(true),
  });
  if (!isOpen) return null;
  return (
    <Suspense>
      <PaletteDialog onClose={() => setOpen(false)} />
    </Suspense>
  );
}
