import { runCommand } from "@/shared/commands/commands";
import { keyCaps } from "@/shared/commands/key-caps";
import { text } from "@/shared/text";

/** The palette for who does not know its key, which it shows. */
export function PaletteButton() {
  return (
    <button
      type="button"
      data-testid="palette-button"
      title={text.commands.palette.open}
      onClick={() => runCommand("palette")}
      className="h-11 rounded-card border border-line px-2 text-axis whitespace-nowrap text-muted hover:border-control hover:text-text md:h-8"
    >
      <span className="sr-only">{text.commands.palette.open} </span>
      {keyCaps("mod+k").join(" ")}
    </button>
  );
}
