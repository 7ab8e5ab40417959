import { Select } from 'antd';
import type { Role } from '../../../src/api/permissions.ts';
import { useText } from '../../text/useText.ts';

const roles: readonly Role[] = ['viewer', 'analyst', 'operator', 'admin'];

interface RoleSelectProps {
  readonly value?: Role;
  readonly onChange?: (role: Role) => void;
  readonly disabled?: boolean;
  readonly label: string;
  readonly id?: string;
}

/** A role, with what it may do in words. */
export function RoleSelect({ value, onChange, disabled, label, id }: RoleSelectProps) {
  const t = useText();
  return (
    <Select<Role>
      {...(id ? { id } : {})}
      aria-label={label}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      disabled={disabled === true}
      popupMatchSelectWidth={false}
      style={{ minWidth: 110 }}
      optionLabelProp="title"
      options={roles.map((role) => ({
        value: role,
        title: t.shell.roles[role],
        label: (
          <>
            {t.shell.roles[role]} <span className="qc-muted qc-small">{t.admin.roles[role]}</span>
          </>
        ),
      }))}
    />
  );
}
