import { useEffect } from 'preact/hooks';
import type { Notice, Notices } from '../state/notices';
import { ToolButton } from './ToolButton';

const SHOWN_MS = { info: 4_000, warning: 12_000, error: 30_000 };

/** Short messages at the foot of the panel; they leave by themselves. */
export function NoticeList({ notices }: { notices: Notices }) {
  return (
    <div class="notices">
      {notices.list.value.map((notice) => (
        <NoticeView key={notice.id} notice={notice} notices={notices} />
      ))}
    </div>
  );
}

function NoticeView({ notice, notices }: { notice: Notice; notices: Notices }) {
  useEffect(() => {
    const timer = setTimeout(() => notices.dismiss(notice.id), notice.action ? 10_000 : SHOWN_MS[notice.level]);
    return () => clearTimeout(timer);
  }, [notice.id]);
  return (
    <div class={`notice ${notice.level}`} role={notice.level === 'info' ? 'status' : 'alert'}>
      <span>{notice.message}</span>
      {notice.action && (
        <button type="button" class="link" onClick={() => notices.act(notice)}>
          {notice.action.label}
        </button>
      )}
      <ToolButton icon="close" label="Dismiss" onClick={() => notices.dismiss(notice.id)} />
    </div>
  );
}
