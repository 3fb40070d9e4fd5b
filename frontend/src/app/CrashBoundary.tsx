import { Component, type ReactNode } from "react";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Notice } from "@/shared/ui/Notice";

/** A fault of the dashboard itself ends in a sentence and a way on, not in a blank page. */
export class CrashBoundary extends Component<
  { readonly children: ReactNode },
  { readonly fault: Error | null }
> {
  override state = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    const fault: Error | null = this.state.fault;
    if (fault === null) return this.props.children;
    return (
      <Notice title={text.error.crashed} detail={(fault as Error).message}>
        <Button onClick={() => location.reload()}>{text.error.reload}</Button>
      </Notice>
    );
  }
}
