import { useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { text } from "@/shared/text";
import { PaletteDialog } from "./PaletteDialog";

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
  return isOpen && <PaletteDialog onClose={() => setOpen(false)} />;
}
