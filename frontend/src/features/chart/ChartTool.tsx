import { useCommand } from "@/shared/commands/use-command";
import { IconButton } from "@/shared/ui/IconButton";

export interface Tool {
  readonly id: string;
  readonly name: string;
  readonly run: () => void;
  readonly isOn?: boolean;
  /** Paths of a 16 by 16 drawing. */
  readonly drawing: string;
}

/** A button for one of the chart's tools, which is a command as well. */
export function ChartTool({ id, name, run, isOn, drawing }: Tool) {
  useCommand({ id: `chart-${id}`, group: "chart", name, run });
  return (
    <IconButton
      label={name}
      onClick={run}
      testId={`chart-${id}`}
      {...(isOn !== undefined && { isPressed: isOn })}
    >
      <path d={drawing} />
    </IconButton>
  );
}
