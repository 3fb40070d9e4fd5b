import { text } from "@/shared/text";
import { AppearanceCard } from "./AppearanceCard";
import { KeysCard } from "./KeysCard";
import { SoundCard } from "./SoundCard";
import { StartOverCard } from "./StartOverCard";
import { TimeCard } from "./TimeCard";

/** What this browser remembers of its reader. */
export function SettingsPage() {
  return (
    <div className="grid grid-cols-1 gap-3">
      <p className="text-muted">{text.settings.kept}</p>
      <AppearanceCard />
      <TimeCard />
      <KeysCard />
      <SoundCard />
      <StartOverCard />
    </div>
  );
}
