import { Drawer } from 'antd';
import { useText } from '../text/useText.ts';
import { MainMenu } from './MainMenu.tsx';

interface DrawnMenuProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The menu of a narrow window: drawn in from the left. */
export function DrawnMenu({ open, onClose }: DrawnMenuProps) {
  const t = useText().shell;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement="left"
      size={264}
      title={t.product}
      closable={{ 'aria-label': t.closeMenu }}
      styles={{ body: { padding: 8 } }}
    >
      <MainMenu folded={false} />
    </Drawer>
  );
}
