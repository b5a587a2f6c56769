import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

/** What a template consists of. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** An object in a template. */
export type JsonObject = { [key: string]: Json };

/** A template, as far as it is compared. */
export interface Template {
  readonly Parameters?: Record<string, JsonObject>;
  readonly Conditions?: Record<string, Json>;
  readonly Resources: Record<string, JsonObject>;
  readonly Outputs: Record<string, JsonObject>;
}

/** A template from its YAML or JSON file. */
export function readTemplate(file: string): Template {
  return parse(readFileSync(file, 'utf8')) as Template;
}

/** Whether a value is an object and no list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands for the absence of a value. */
const ABSENT = Symbol('AWS::NoValue');

/**
 * Works a template out for given parameters, as CloudFormation would, and writes what is left in one way only:
 * references as `${Id}` and `${Id.Attribute}` within text, and every scalar as text.
 */
export class Evaluation {
  constructor(
    private readonly template: Template,
    private readonly parameters: Record<string, unknown>,
    private readonly stackName: string,
  ) {}

  /** The resources that there are. */
  resources(): Record<string, JsonObject> {
    return this.existing(this.template.Resources);
  }

  /** The outputs that there are. */
  outputs(): Record<string, JsonObject> {
    return this.existing(this.template.Outputs);
  }

  private existing(things: Record<string, JsonObject>): Record<string, JsonObject> {
    const result: Record<string, JsonObject> = {};
    for (const [id, { Condition: condition, ...rest }] of Object.entries(things)) {
      if (condition === undefined || this.holds(condition)) {
        result[id] = this.value(rest) as JsonObject;
      }
    }
    return result;
  }

  private value(value: Json): Json | typeof ABSENT {
    if (Array.isArray(value)) {
      return value.map((item) => this.value(item)).filter((item) => item !== ABSENT) as Json[];
    }
    if (!isObject(value)) {
      return String(value);
    }
    const [[key, argument] = [], ...others] = Object.entries(value);
    if (key !== undefined && argument !== undefined && others.length === 0) {
      const result = this.intrinsic(key, argument);
      if (result !== undefined) {
        return result;
      }
    }
    const entries = Object.entries(value).map(([name, inner]) => [name, this.value(inner)]);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== ABSENT)) as JsonObject;
  }

  private intrinsic(key: string, argument: Json): Json | typeof ABSENT | undefined {
    switch (key) {
      case 'Ref':
        return this.reference(String(argument));
      case 'Fn::GetAtt':
        return `\${${Array.isArray(argument) ? argument.join('.') : String(argument)}}`;
      case 'Fn::Sub':
        if (Array.isArray(argument)) {
          const [text, values] = argument as [string, JsonObject];
          return this.substituted(String(text), values);
        }
        return this.substituted(String(argument));
      case 'Fn::ImportValue':
        return `\${import:${String(argument)}}`;
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, Json[]];
        return parts.map((part) => this.value(part)).join(separator);
      }
      case 'Fn::Split': {
        const [separator, text] = argument as [string, Json];
        return String(this.value(text)).split(separator);
      }
      case 'Fn::If': {
        const [condition, yes, no] = argument as [string, Json, Json];
        return this.value(this.holds(condition) ? yes : no);
      }
      default:
        return undefined;
    }
  }

  private reference(name: string): string | typeof ABSENT {
    if (name === 'AWS::NoValue') {
      return ABSENT;
    }
    if (name === 'AWS::StackName') {
      return this.stackName;
    }
    const parameter = this.template.Parameters?.[name];
    if (parameter !== undefined) {
      return String(this.parameters[name] ?? parameter['Default']);
    }
    return `\${${name}}`;
  }

  private substituted(text: string, values: JsonObject = {}): string {
    return text.replaceAll(/\$\{([^!}]+)\}/g, (all, name: string) => {
      const own = values[name];
      if (own !== undefined) {
        return String(this.value(own));
      }
      const value = name.includes('.') ? all : this.reference(name);
      return value === ABSENT ? '' : String(value);
    });
  }

  private holds(condition: Json): boolean {
    if (typeof condition === 'string') {
      const named = this.template.Conditions?.[condition];
      if (named === undefined) {
        throw new Error(`there is no condition ${condition}`);
      }
      return this.holds(named);
    }
    const [[key, argument] = []] = Object.entries(condition as JsonObject);
    switch (key) {
      case 'Fn::Not':
        return !this.holds((argument as Json[])[0] as Json);
      case 'Fn::Equals': {
        const [left, right] = (argument as Json[]).map((side) => this.value(side));
        return left === right;
      }
      default:
        throw new Error(`${key} is not evaluated here`);
    }
  }
}
