import { useRef } from "react";
import { Link } from "wouter";
import { announce } from "@/shared/announce/announce";
import { changeSettings, useSettings } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import { IconButton } from "@/shared/ui/IconButton";
import { useHref } from "@/shared/view/use-view";

const say = text.onboarding;
const COUNT = say.steps.length;

function go(steps: number): void {
  changeSettings({ onboardingSteps: steps });
  const next = say.steps[steps];
  announce(next ? `${next.title}. ${next.body}` : say.dismissed);
}

/** Four steps for whoever is here for the first time; it remembers where it was. */
export function Onboarding() {
  const read = Math.max(
    0,
    useSettings(({ onboardingSteps }) => onboardingSteps),
  );
  const place = useRef<HTMLDivElement>(null);
  const step = say.steps[read];
  if (!step) return null;
  const goOn = (steps: number) => {
    // What is pressed last is gone with the card: the focus stays with what it was about.
    if (steps >= COUNT) place.current?.closest("main")?.focus({ preventScroll: true });
    go(steps);
  };
  return (
    <Card
      title={say.title}
      testId="onboarding"
      aside={
        <span className="-my-2 flex items-center gap-1 text-axis text-muted">
          {say.place(read + 1, COUNT)}
          <IconButton label={say.dismiss} onClick={() => goOn(COUNT)}>
            <path d="M4 4l8 8M12 4l-8 8" />
          </IconButton>
        </span>
      }
    >
      <div ref={place} className="flex min-h-40 flex-col md:min-h-36">
        <h3 className="font-semibold">{step.title}</h3>
        <p className="mt-1 text-muted">{step.body}</p>
        {step.link && <StepLink {...step.link} />}
      </div>
      <footer className="mt-2 flex justify-end gap-2">
        {read > 0 && <Button onClick={() => goOn(read - 1)}>{say.back}</Button>}
        <Button onClick={() => goOn(read + 1)}>{read + 1 < COUNT ? say.next : say.done}</Button>
      </footer>
    </Card>
  );
}

function StepLink({ path, name }: { readonly path: string; readonly name: string }) {
  return (
    <Link
      href={useHref(path)}
      className="flex min-h-11 items-center self-start font-medium text-accent underline md:min-h-6"
    >
      {name}
    </Link>
  );
}
