import { AutoComplete, Button, Checkbox, InputNumber } from "antd";
import { useWords } from "@/words";
import type { Chosen, Picks, Prices, Role } from "./setup";
import styles from "./Setup.module.css";

const DEAREST = 1_000_000;

interface ChooseRolesProps {
  chosen: Chosen;
  picks: Picks;
  prices: Prices;
  films: boolean;
  onPick: (picks: Picks) => void;
  onPrice: (prices: Prices) => void;
  onFilms: (films: boolean) => void;
  onBack: () => void;
  onNext: () => void;
}

/** Which model plays which role, and what it costs where only the person knows. */
export function ChooseRoles(props: ChooseRolesProps) {
  const { chosen, picks, films, onPick, onFilms, onBack, onNext } = props;
  const { seam, models } = useWords();
  const isNobody = chosen.roles.every((role) => !picks[role]?.trim());
  return (
    <form
      className={styles["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isNobody) onNext();
      }}
    >
      <p className="muted">{seam.rolesLead}</p>
      {chosen.roles.map((role) => (
        <div key={role} className={styles["role"]}>
          <b>{models.roleNames[role]}</b>
          <small className="muted">{models.roleHints[role]}</small>
          <AutoComplete
            aria-label={seam.modelOf(models.roleNames[role])}
            placeholder={seam.noModel}
            allowClear
            maxLength={200}
            value={picks[role] ?? ""}
            options={chosen.models(role).map((value) => ({ value }))}
            onChange={(value: string | undefined) => onPick({ ...picks, [role]: value ?? "" })}
          />
          {chosen.asksPrices && picks[role]?.trim() && <Price {...props} role={role} />}
        </div>
      ))}
      {picks.film && (
        <Checkbox checked={films} onChange={(event) => onFilms(event.target.checked)}>
          {seam.films}
        </Checkbox>
      )}
      {isNobody && <p className={styles["trouble"]}>{seam.pickOne}</p>}
      <div className={styles["buttons"]}>
        <Button type="primary" htmlType="submit" disabled={isNobody}>
          {seam.tryIt}
        </Button>
        <Button onClick={onBack}>{seam.back}</Button>
      </div>
    </form>
  );
}

function Price({ role, prices, onPrice }: { role: Role; prices: Prices; onPrice: (prices: Prices) => void }) {
  const { seam, models } = useWords();
  const { read = null, written = null } = prices[role] ?? {};
  const name = models.roleNames[role];
  return (
    <div className={styles["prices"]}>
      <span>{seam.prices}</span>
      <label>
        {seam.read}
        <InputNumber
          aria-label={seam.priceRead(name)}
          min={0}
          max={DEAREST}
          value={read}
          onChange={(value) => onPrice({ ...prices, [role]: { read: value, written } })}
        />
      </label>
      <label>
        {seam.written}
        <InputNumber
          aria-label={seam.priceWritten(name)}
          min={0}
          max={DEAREST}
          value={written}
          onChange={(value) => onPrice({ ...prices, [role]: { read, written: value } })}
        />
      </label>
    </div>
  );
}
