import { flushSync } from "react-dom";
import { announce } from "@/shared/announce/announce";
import { changeSettings, DEFAULT_SETTINGS } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import { SettingRow } from "./SettingRow";

const say = text.settings.start;
const PLACE = "reset-all";

function showIntroduction(): void {
  changeSettings({ onboardingSteps: DEFAULT_SETTINGS.onboardingSteps });
  announce(say.shownAgain);
}

/** Another zone draws the whole page anew: the focus goes to where it was. */
function resetAll(): void {
  flushSync(() => changeSettings(DEFAULT_SETTINGS));
  document.querySelector<HTMLElement>(`#${PLACE} button`)?.focus();
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
        <div id={PLACE}>
          <Button onClick={resetAll}>{say.reset}</Button>
        </div>
      </SettingRow>
    </Card>
  );
}
