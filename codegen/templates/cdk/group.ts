{{ imports }}
{% if !inputs.is_empty() -%}
/** What {@link {{ class }}} is made with. */
export interface {{ class }}Props {
{%- for input in inputs %}
  /** {{ input.docs }} */
  readonly {{ input.name }}: {{ input.class }};
{%- endfor %}
}

{% endif -%}
{{ docs }}
export class {{ class }} extends Construct {
{%- for member in members %}
{{ member.doc() }}
  readonly {{ member.name() }}: {{ member.class }};
{% endfor %}
  constructor({{ parameters }}) {
    super(scope, id);
{%- if uses_stack_name %}
    const { stackName } = Stack.of(this);
{%- endif %}

{{ body }}  }
}
