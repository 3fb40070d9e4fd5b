import { runCommand } from "@/shared/commands/commands";
import { changeSettings, useSettings } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import { Switch } from "@/shared/ui/Switch";
import { SettingRow } from "./SettingRow";

/** Whether single keys act. */
export function KeysCard() {
  const singleKeys = useSettings((settings) => settings.singleKeys);
  const say = text.settings.keys;
  return (
    <Card title={say.title}>
      <SettingRow name={say.single} detail={say.singleDetail}>
        <div className="flex items-center gap-3">
          <Button onClick={() => runCommand("keys")}>{text.commands.keys.open}</Button>
          <Switch
            label={say.single}
            isOn={singleKeys}
            onChange={(isOn) => changeSettings({ singleKeys: isOn })}
          />
        </div>
      </SettingRow>
    </Card>
  );
}
