import { useState } from "react";
import { useCommand } from "@/shared/commands/use-command";
import { text } from "@/shared/text";
import { KeyDialog } from "./KeyDialog";

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
  return isOpen && <KeyDialog onClose={() => setOpen(false)} />;
}
