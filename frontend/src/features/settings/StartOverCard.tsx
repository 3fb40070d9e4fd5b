import { announce } from "@/shared/announce/announce";
import { changeSettings, DEFAULT_SETTINGS } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import { SettingRow } from "./SettingRow";

const say = text.settings.start;

function showIntroduction(): void {
  changeSettings({ onboardingSteps: DEFAULT_SETTINGS.onboardingSteps });
  announce(say.shownAgain);
}

function resetAll(): void {
  changeSettings(DEFAULT_SETTINGS);
  announce(say.wasReset);
}

/** The introduction again, or everything as at first. */
export function StartOverCard() {
  return (
    <Card title={say.title}>
      <SettingRow name={say.introduction} detail={say.introductionDetail}>
        <Button onClick={showIntroduction}>{say.showAgain}</Button>
      </SettingRow>
      <SettingRow name={say.all} detail={say.allDetail}>
        <Button onClick={resetAll}>{say.reset}</Button>
      </SettingRow>
    </Card>
  );
}
