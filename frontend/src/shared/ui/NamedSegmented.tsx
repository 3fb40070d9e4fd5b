import { Segmented, type SegmentedProps } from "./Segmented";

/** The same with its name above it, where several stand side by side. */
export function NamedSegmented<T extends string>(props: SegmentedProps<T>) {
  return (
    <div>
      <p aria-hidden="true" className="mb-1 text-caps text-muted">
        {props.label}
      </p>
      <Segmented {...props} />
    </div>
  );
}
