import { useSay, useText } from '../../text/useText.ts';
import { stageColor } from '../../theme/palette.ts';
import { usePalette } from '../../theme/theme.ts';
import type { RuleSet } from './ruleSet.ts';
import { useRuleWords } from './useRuleWords.ts';

/** A rule set as sentences: each stage with its conditions, groups, fans, active members, RFM. */
export function RuleWords({ set }: { readonly set: RuleSet }) {
  const t = useText().rules;
  const say = useSay();
  const words = useRuleWords();
  const palette = usePalette();
  return (
    <div className="qc-rule-words">
      <p className="qc-sentence qc-muted">{t.stages}</p>
      {set.stages.map(({ code, title, when }, place) => (
        <section key={code}>
          <h3>
            <span className="qc-stage">
              <span className="qc-stage-mark" style={{ background: stageColor(palette, place) }} />
              {say(title) === code ? code : `${code} ${say(title)}`}
            </span>
          </h3>
          {when.length > 1 ? <div className="qc-muted">{t.any}</div> : null}
          <ul>
            {when.map((condition) => (
              <li key={JSON.stringify(condition)}>{words.condition(condition, set)}</li>
            ))}
          </ul>
        </section>
      ))}
      <h3>{t.groups}</h3>
      <ul>
        {Object.entries(set.groups).map(([name, behaviors]) => (
          <li key={name}>{t.groupOf(words.group(name), words.behaviors(behaviors))}</li>
        ))}
      </ul>
      <h3>{t.fans}</h3>
      <ul>
        <li>{t.fanOn(words.behaviors(set.fan.on))}</li>
        <li>{t.fanOff(words.behaviors(set.fan.off))}</li>
      </ul>
      <h3>{t.active}</h3>
      <p>{t.activeIs(set.active_member.days, words.behaviors(set.active_member.did))}</p>
      <h3>{t.rfm}</h3>
      <p>{t.rfmIs(set.rfm.days)}</p>
      <h3>{t.source}</h3>
      <p className="qc-muted">{set.source}</p>
    </div>
  );
}
