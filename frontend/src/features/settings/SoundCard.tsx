import { changeSettings, useSettings } from "@/shared/settings/settings";
import { playSignalTone } from "@/shared/sound/signal-tone";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { Switch } from "@/shared/ui/Switch";
import { SettingRow } from "./SettingRow";

const say = text.settings.sound;

/** Switched on, it sounds once: so it is heard, and the browser lets it sound later. */
function change(isOn: boolean): void {
  changeSettings({ sound: isOn });
  if (isOn) playSignalTone("BUY");
}

/** Whether a new signal is heard. */
export function SoundCard() {
  const isOn = useSettings(({ sound }) => sound);
  return (
    <Card title={say.title}>
      <SettingRow name={say.tone} detail={say.toneDetail}>
        <Switch label={say.tone} isOn={isOn} onChange={change} />
      </SettingRow>
    </Card>
  );
}
