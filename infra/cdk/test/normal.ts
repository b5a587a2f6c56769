import { isObject, Json, JsonObject } from './template';

/**
 * Writes an evaluated value so that two which mean the same are the same: statements of policies and other lists
 * whose order says nothing are sorted, and JSON within text is taken out of it.
 */
export function normal(value: Json, key = ''): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item));
    return isSet(key, items) ? sorted(items) : items;
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, inner]) => [name, normal(inner, name)]);
    const result = Object.fromEntries(entries.sort()) as JsonObject;
    return 'Effect' in result ? statement(result) : result;
  }
  if (key === 'DashboardBody' && typeof value === 'string') {
    const { widgets } = JSON.parse(value) as { widgets: Json[] };
    return sorted(widgets.map((widget) => normal(widget)));
  }
  return value;
}

/** Lists whose order says nothing. */
const SETS = ['AttributeDefinitions', 'Dimensions', 'MethodSettings', 'Statement', 'Tags'];

function isSet(key: string, items: Json[]): boolean {
  return SETS.includes(key) && items.every(isObject);
}

/** One action or resource stands without a list, as IAM allows; here each stands in one. */
function statement(statement: JsonObject): JsonObject {
  const result: JsonObject = { ...statement };
  for (const key of ['Action', 'Resource']) {
    const value = result[key];
    if (value !== undefined) {
      result[key] = sorted(Array.isArray(value) ? value : [value]);
    }
  }
  return result;
}

function sorted(items: Json[]): Json[] {
  const text = (item: Json) => JSON.stringify(item);
  return [...items].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

/** A place where two values differ. */
export interface Difference {
  readonly path: string;
  readonly left: Json | undefined;
  readonly right: Json | undefined;
}

/** All places where two values differ. */
export function differences(
  left: Json | undefined,
  right: Json | undefined,
  path = '',
): Difference[] {
  const at = (key: string | number) => (path === '' ? `${key}` : `${path}/${key}`);
  if (isObject(left) && isObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].flatMap((key) => differences(left[key], right[key], at(key)));
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
    return left.flatMap((item, index) => differences(item, right[index], at(index)));
  }
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, left, right }];
}
