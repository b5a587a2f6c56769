// @generated from the contracts in spec/; edits are overwritten.

/** What differs between stages. */
export interface Settings {
  /**
   * The stage, which is also the first segment of the API's path.
   *
   * @default 'dev'
   */
  readonly stageName: string;

  /**
   * Minimum log level of functions.
   *
   * @default 'INFO'
   */
  readonly logLevel: 'INFO' | 'DEBUG' | 'WARN' | 'ERROR' | 'OFF';

  /**
   * Log retention in days.
   *
   * @default 30
   */
  readonly logRetentionDays:
    1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 180 | 365 | 731 | 1827 | 3653;

  /**
   * Whether to trace requests with X-Ray.
   *
   * @default 'Active'
   */
  readonly tracingMode: 'Active' | 'PassThrough';

  /**
   * Whether tables have point-in-time recovery for the last 35 days.
   *
   * @default true
   */
  readonly pointInTimeRecovery: boolean;

  /**
   * Whether tables have deletion protection. Tables are retained when the stack is deleted, with or without it.
   *
   * @default false
   */
  readonly deletionProtection: boolean;

  /**
   * Memory of every function in MiB, 128 to 10240; 0 uses the contract's value.
   *
   * @default 0
   */
  readonly memoryMiB: number;

  /**
   * Architecture of the packaged binaries; contract uses the contract's value.
   *
   * @default 'contract'
   */
  readonly architecture: 'contract' | 'arm64' | 'x86_64';

  /**
   * Steady-state request rate limit of the API, per second.
   *
   * @default 2000
   */
  readonly throttleRate: number;

  /**
   * Burst limit of the API's requests.
   *
   * @default 1000
   */
  readonly throttleBurst: number;

  /**
   * Which part refuses invalid requests: the function, which lists every violation, or the gateway, which avoids the invocation but reports only the first violation.
   *
   * @default 'function'
   */
  readonly requestValidation: 'function' | 'gateway';

  /**
   * Whether the stack sets the role with which API Gateway writes logs in this account and region. Exactly one stack of an account has to set it; without it, no stage with logs can be deployed.
   *
   * @default false
   */
  readonly manageApiAccount: boolean;

  /**
   * How long the gateway caches an authorizer decision for a token and route, in seconds, 0 to 3600.
   *
   * @default 300
   */
  readonly authorizationCacheSeconds: number;

  /**
   * The SNS topic that alarms notify; empty for none.
   *
   * @default ''
   */
  readonly alarmTopicArn: string;

  /**
   * Alarm when the oldest message in a queue is older than this, in seconds.
   *
   * @default 300
   */
  readonly maxQueueAgeSeconds: number;

  /**
   * Alarm when the p99 latency of the API exceeds this, in milliseconds.
   *
   * @default 1000
   */
  readonly maxLatencyMs: number;

  /**
   * The issuer (claim iss) of tokens of the scheme login.
   *
   * @default 'https://login.shop.example.com'
   */
  readonly loginIssuer: string;

  /**
   * The audience (claim aud) of tokens of the scheme login: one or several, separated by commas.
   *
   * @default 'shop'
   */
  readonly loginAudience: string;

  /**
   * The URL of the JSON Web Key Set of the scheme login; empty to use the issuer's metadata.
   *
   * @default ''
   */
  readonly loginJwks: string;
}

/** Settings that suit a stage for development. */
export const DEFAULTS: Settings = {
  stageName: 'dev',
  logLevel: 'INFO',
  logRetentionDays: 30,
  tracingMode: 'Active',
  pointInTimeRecovery: true,
  deletionProtection: false,
  memoryMiB: 0,
  architecture: 'contract',
  throttleRate: 2000,
  throttleBurst: 1000,
  requestValidation: 'function',
  manageApiAccount: false,
  authorizationCacheSeconds: 300,
  alarmTopicArn: '',
  maxQueueAgeSeconds: 300,
  maxLatencyMs: 1000,
  loginIssuer: 'https://login.shop.example.com',
  loginAudience: 'shop',
  loginJwks: '',
};

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
const RULES: Record<keyof Settings, Rule> = {
  stageName: {
    parameter: 'StageName',
    kind: 'string',
    pattern: new RegExp('^[A-Za-z0-9_-]{1,32}$'),
  },
  logLevel: {
    parameter: 'LogLevel',
    kind: 'string',
    oneOf: ['INFO', 'DEBUG', 'WARN', 'ERROR', 'OFF'],
  },
  logRetentionDays: {
    parameter: 'LogRetentionDays',
    kind: 'number',
    oneOf: [1, 3, 5, 7, 14, 30, 60, 90, 120, 180, 365, 731, 1827, 3653],
  },
  tracingMode: { parameter: 'TracingMode', kind: 'string', oneOf: ['Active', 'PassThrough'] },
  pointInTimeRecovery: { parameter: 'PointInTimeRecovery', kind: 'boolean' },
  deletionProtection: { parameter: 'DeletionProtection', kind: 'boolean' },
  memoryMiB: { parameter: 'MemoryMiB', kind: 'number', min: 0, max: 10240 },
  architecture: {
    parameter: 'Architecture',
    kind: 'string',
    oneOf: ['contract', 'arm64', 'x86_64'],
  },
  throttleRate: { parameter: 'ThrottleRate', kind: 'number', min: 1 },
  throttleBurst: { parameter: 'ThrottleBurst', kind: 'number', min: 1 },
  requestValidation: {
    parameter: 'RequestValidation',
    kind: 'string',
    oneOf: ['function', 'gateway'],
  },
  manageApiAccount: { parameter: 'ManageApiAccount', kind: 'boolean' },
  authorizationCacheSeconds: {
    parameter: 'AuthorizationCacheSeconds',
    kind: 'number',
    min: 0,
    max: 3600,
  },
  alarmTopicArn: {
    parameter: 'AlarmTopicArn',
    kind: 'string',
    pattern: new RegExp('^(arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+)?$'),
  },
  maxQueueAgeSeconds: { parameter: 'MaxQueueAgeSeconds', kind: 'number', min: 1 },
  maxLatencyMs: { parameter: 'MaxLatencyMs', kind: 'number', min: 1 },
  loginIssuer: { parameter: 'LoginIssuer', kind: 'string', pattern: new RegExp('^https://.+$') },
  loginAudience: { parameter: 'LoginAudience', kind: 'string', pattern: new RegExp('^.+$') },
  loginJwks: { parameter: 'LoginJwks', kind: 'string', pattern: new RegExp('^(https://.+)?$') },
};

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
