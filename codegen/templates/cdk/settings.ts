/** What differs between stages. */
export interface Settings {
{%- for setting in settings %}
  /**
   * {{ setting.docs }}
   *
   * @default {{ setting.default }}
   */
  readonly {{ setting.name }}:{% if !setting.ty.starts_with("\n") %} {% endif %}{{ setting.ty }};
{% endfor -%}
}

/** Settings that suit a stage for development. */
{{ defaults }}
/** What a setting may be. */
interface Rule {
  readonly parameter: string;
  readonly kind: 'boolean' | 'number' | 'string';
  readonly oneOf?: readonly unknown[];
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
}

/** What each setting may be, and the parameter of the plain template that it stands for. */
{{ rules }}
/** The names of all settings. */
const NAMES = Object.keys(RULES) as (keyof Settings)[];

/** The settings, completed with defaults. Throws when one is not what CloudFormation would take for its parameter. */
export function completed(settings: Partial<Settings>): Settings {
  const given = NAMES.flatMap((name) =>
    settings[name] === undefined ? [] : [[name, settings[name]] as const],
  );
  const faults = given.flatMap(([name, value]) => fault(name, value));
  if (faults.length > 0) {
    throw new Error(faults.join('\n'));
  }
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

/**
 * The settings that stand in a file of stage settings, by the names of the plain template's parameters. Throws when
 * a name is not one of them.
 */
export function fromParameters(parameters: Record<string, unknown>): Partial<Settings> {
  const settings: Record<string, unknown> = {};
  for (const [parameter, value] of Object.entries(parameters)) {
    const name = NAMES.find((candidate) => RULES[candidate].parameter === parameter);
    if (name === undefined) {
      const known = NAMES.map((candidate) => RULES[candidate].parameter).join(', ');
      throw new Error(`there is no parameter ${parameter}; there are ${known}`);
    }
    const isFlag = RULES[name].kind === 'boolean' && (value === 'true' || value === 'false');
    settings[name] = isFlag ? value === 'true' : value;
  }
  return settings;
}

/** What is wrong with the value of a setting. */
function fault(name: keyof Settings, value: unknown): string[] {
  const { kind, oneOf, pattern, min, max } = RULES[name];
  const expected = (what: string) => [`${name} is ${JSON.stringify(value)}, which is not ${what}`];
  if (typeof value !== kind) {
    return expected(`a ${kind}`);
  }
  if (oneOf !== undefined && !oneOf.includes(value)) {
    return expected(`one of ${oneOf.join(', ')}`);
  }
  if (pattern !== undefined && !pattern.test(String(value))) {
    return expected(`what ${pattern.source} describes`);
  }
  if (min !== undefined && Number(value) < min) {
    return expected(`${min} or more`);
  }
  if (max !== undefined && Number(value) > max) {
    return expected(`${max} or less`);
  }
  return [];
}
