import { Select } from "antd";
import type { components } from "@/api/schema";
import { useWords } from "@/words";

export type Role = components["schemas"]["ShopView"]["role"];

const ROLES: Role[] = ["owner", "agent", "viewer"];

interface RoleSelectProps {
  label?: string;
  value?: Role;
  onChange?: (role: Role) => void;
  id?: string;
}

/** Also a form's field, which hands `value`, `onChange` and `id` in. */
export function RoleSelect({ label, value, onChange, id }: RoleSelectProps) {
  const words = useWords();
  return (
    <Select<Role>
      {...(id && { id })}
      {...(label && { "aria-label": label })}
      {...(value && { value })}
      onChange={(role) => onChange?.(role)}
      popupMatchSelectWidth={false}
      style={{ minWidth: 110 }}
      options={ROLES.map((role) => ({
        value: role,
        label: words.common.roles[role],
        hint: words.settings.roleHints[role],
      }))}
      optionRender={(option) => (
        <>
          {option.label} <small className="muted">{option.data.hint}</small>
        </>
      )}
    />
  );
}
