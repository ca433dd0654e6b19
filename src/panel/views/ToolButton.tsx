import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

interface ToolButtonProps {
  icon: IconName;
  label: string;
  /** Shown beside the icon; part of the name already. */
  text?: string;
  title?: string;
  pressed?: boolean;
  disabled?: boolean;
  expanded?: boolean;
  class?: string;
  onClick(event: MouseEvent): void;
  children?: ComponentChildren;
}

/** A button of a toolbar: an icon with a name, perhaps with words. */
export function ToolButton(props: ToolButtonProps) {
  return (
    <button
      type="button"
      class={`tool ${props.class ?? ''}`}
      aria-label={props.label}
      title={props.title ?? props.label}
      aria-pressed={props.pressed}
      aria-haspopup={props.expanded === undefined ? undefined : 'menu'}
      aria-expanded={props.expanded}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
      {props.text && <span class="tool-text">{props.text}</span>}
      {props.children}
    </button>
  );
}
