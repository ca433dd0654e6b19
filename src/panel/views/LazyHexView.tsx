import type { HexViewProps } from './HexView';
import { Lazy } from './Lazy';

const loadHexView = () => import('./HexView').then((module) => module.HexView);

/** The payload byte by byte: loaded when bytes are first looked at. */
export function LazyHexView(props: HexViewProps) {
  return <Lazy load={loadHexView} props={props} failed={props.panel.failed} />;
}
