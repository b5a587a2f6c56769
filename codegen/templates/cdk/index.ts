{{ imports }}
export * from './settings';

/** What a {@link System} is made with: the folder of packages, and the settings that are not the default. */
export interface SystemProps extends Partial<Settings> {
  /** The folder that holds a folder for each packaged function, with its `bootstrap`. */
  readonly packages: string;
}

/**
 * {{ titles }}: everything that their contracts ask of AWS.
 *
 * What it consists of are properties, to be extended in a stack of one's own. All have the logical ids and names of
 * the plain template, so a stack can be deployed from either, and holds one system.
 */
export class System extends Construct {
{%- for group in groups %}
{%- for member in group.members %}
{{ member.doc() }}
  readonly {{ member.name() }}: {{ member.class }};
{% endfor %}
{%- if group.is_shown %}
{{ group.docs }}
  readonly {{ group.name }}: {{ group.class }};
{% endif %}
{%- endfor %}
  constructor(scope: Construct, id: string, { packages, ...given }: SystemProps) {
    super(scope, id);
    const settings = completed(given);

{% for group in groups %}{{ group.made }}{% endfor %}    keepLogicalIds(this);
{% for group in groups %}
{%- for member in group.members %}
    this.{{ member.name() }} = {{ group.name }}.{{ member.name() }};
{%- endfor %}
{%- if group.is_shown %}
    this.{{ group.name }} = {{ group.name }};
{%- endif %}
{%- endfor %}
  }
}
