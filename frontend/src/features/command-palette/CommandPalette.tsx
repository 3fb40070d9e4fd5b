import { Suspense, useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { lazyPart } from "@/shared/parts/lazy-part";
import { text } from "@/shared/text";

const PaletteDialog = lazyPart(async () => (await import("./PaletteDialog")).PaletteDialog);

/** Every command, to be found by its name: at once, however slow the platform is. */
export function CommandPalette() {
  const [isOpen, setOpen] = useState(false);
  useCommand({
    id: "palette",
    group: "go",
    name: text.commands.palette.open,
    key: "mod+k",
    run: () => setOpen(true),
  });
  return (
    isOpen && (
      <Suspense>
        <PaletteDialog onClose={() => setOpen(false)} />
      </Suspense>
    )
  );
}
