import { useCommand } from "@/shared/commands/use-command";
import { text } from "@/shared/text";
import { IconButton } from "@/shared/ui/IconButton";
import { useView } from "@/shared/view/use-view";

/** Shows the bars as a table instead of the chart, and back. */
export function TableToggle() {
  const [{ layout }, changeView] = useView();
  const isTable = layout === "table";
  const toggle = () => changeView({ layout: isTable ? "chart" : "table" });
  useCommand({
    id: "table",
    group: "chart",
    name: isTable ? text.commands.showChart : text.table.show,
    run: toggle,
  });
  return (
    <IconButton label={text.table.show} isPressed={isTable} onClick={toggle} testId="table-toggle">
      <path d="M2 3h12v10H2zM2 6.5h12M2 9.75h12M6.5 3v10" />
    </IconButton>
  );
}
